using System.Buffers.Binary;
using System.Globalization;
using Api.Data;
using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd;

/// <summary>The pictures in docs/images, which the README shows.</summary>
/// <remarks>With <c>RECORD=1</c> the test takes them again. Browsers draw text differently, so pixels are not compared.</remarks>
public class PictureTests(DemoSite site, NodeTools node) : IClassFixture<DemoSite>
{
    [Theory]
    [InlineData("swagger-ui.png", "/swagger/index.html", 1200, 1000)]
    [InlineData("home-390.png", "/", 390, 1600)]
    [InlineData("home-1280.png", "/", 1280, 860)]
    [InlineData("home-1920.png", "/?list=articles&topic=china&limit=3", 1920, 1500)]
    public async Task A_picture_is_a_png_of_the_window(string name, string path, int width, int height)
    {
        var file = Path.Combine(Checkout.Find(AppContext.BaseDirectory), "docs", "images", name);
        if (Recorded.Recording)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var size = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");
            await node.Run("browser/picture.mjs", site.Address, file, path, size);
        }
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8], bytes[..8]);
        // The header begins with width and height (PNG 1.2, §11.2.2).
        Assert.Equal(
            (width, height),
            (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)))
        );
        Assert.InRange(bytes.Length, 1, 300 * 1024);
    }
}
