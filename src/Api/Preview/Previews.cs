using Api.Collation;
using Api.Http.Caching;
using Api.Http.Site;
using Api.Reading;
using Api.Words.Languages;

namespace Api.Preview;

/// <summary>
/// The containers of the views that were asked for last, and the lists that they share. All are dropped after five minutes without use.
/// </summary>
internal sealed class Previews : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(1);

    // Each holds names only; that of a view at a moment is of use for a few requests.
    private const int Most = 16;

    private readonly PreviewDatabase database;
    private readonly AnswerCache cache;
    private readonly TimeProvider clock;
    private readonly IServiceProvider others;
    private readonly ITimer dropping;
    private readonly Lock gate = new();
    private readonly List<(PreviewView View, ServiceProvider Services)> known = [];
    private int histories;

    public Previews(PreviewDatabase database, AnswerCache cache, SiteCalendar calendar, TimeProvider clock, IServiceProvider others)
    {
        (this.database, this.cache, this.clock, this.others) = (database, cache, clock, others);
        histories = cache.Histories;
        dropping = clock.CreateTimer(_ => Drop(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (database.Login is { } login)
            Index = new PreviewIndex(
                new PreviewReader(
                    login,
                    calendar,
                    others.GetRequiredService<TitleOrder>(),
                    clock,
                    others.GetRequiredService<KnownLanguages>()
                ),
                clock
            );
    }

    /// <summary>The lists; null where the login for previews is not set up.</summary>
    public PreviewIndex? Index { get; }

    /// <summary>The services that answer a request with a view; null where the login for previews is not set up.</summary>
    /// <param name="view">The view.</param>
    /// <param name="request">The services of the request, for everything else.</param>
    public IServiceProvider? Of(PreviewView view, IServiceProvider request)
    {
        if (database.Login is not { } login || Index is not { } index)
            return null;
        dropping.Change(Idle, Timeout.InfiniteTimeSpan);
        // A backup was restored: what is remembered is of other content.
        if (Interlocked.Exchange(ref histories, cache.Histories) is var before && before != histories)
            Drop();
        lock (gate)
        {
            var place = known.FindIndex(one => one.View == view);
            var found = place < 0 ? Make() : known[place].Services;
            if (place >= 0)
                known.RemoveAt(place);
            else if (known.Count >= Most)
            {
                DisposeLater(known[0].Services);
                known.RemoveAt(0);
            }
            known.Add((view, found));
            return new Both(found, request);
        }

        ServiceProvider Make()
        {
            var queries = new PreviewQueries(login, view);
            ServiceProvider? made = null;
            var lists = new PreviewLists(queries, view, index, () => made!.GetRequiredService<References>().Forget());
            return made = PreviewServices.Of(queries, lists, view, others);
        }
    }

    /// <summary>Drops what is in memory. Requests that are being answered keep what they have.</summary>
    public void Drop()
    {
        lock (gate)
        {
            known.ForEach(one => DisposeLater(one.Services));
            known.Clear();
        }
        Index?.Drop();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Optimized, blocking: false);
    }

    public void Dispose()
    {
        dropping.Dispose();
        known.ForEach(one => one.Services.Dispose());
    }

    // When the requests that use it are over.
    private void DisposeLater(ServiceProvider services) =>
        _ = Task.Delay(LongestRequest, clock).ContinueWith(_ => services.Dispose(), TaskScheduler.Default);

    private sealed class Both(IServiceProvider preview, IServiceProvider request) : IServiceProvider
    {
        public object? GetService(Type serviceType) => preview.GetService(serviceType) ?? request.GetService(serviceType);
    }
}
