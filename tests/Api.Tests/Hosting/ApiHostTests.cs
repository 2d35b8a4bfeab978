using Api.Hosting;
using Microsoft.Extensions.Configuration;

namespace Api.Tests.Hosting;

public class ApiHostTests
{
    [Fact]
    public void No_folder_is_watched_for_changed_settings()
    {
        var files = ((IConfigurationRoot)ApiHost.CreateBuilder().Configuration).Providers.OfType<FileConfigurationProvider>().ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(file.Source.ReloadOnChange));
    }
}
