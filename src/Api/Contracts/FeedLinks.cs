namespace Api.Contracts;

/// <summary>The feeds of a list, as absolute URLs.</summary>
/// <param name="Rss">RSS 2.0.</param>
/// <param name="Atom">Atom (RFC 4287).</param>
/// <param name="Json">JSON Feed 1.1.</param>
/// <param name="Ics">The events as iCalendar (RFC 5545); null for lists without events.</param>
internal sealed record FeedLinks(string Rss, string Atom, string Json, string? Ics);

/// <summary>The addresses of a topic or an expert in this API.</summary>
/// <param name="Self">The item itself, absolute URL.</param>
/// <param name="Articles">Its articles, absolute URL.</param>
/// <param name="Events">Its events, absolute URL.</param>
/// <param name="Feeds">The articles as feeds, the events as a calendar.</param>
internal sealed record SubjectLinks(string Self, string Articles, string Events, FeedLinks Feeds);
