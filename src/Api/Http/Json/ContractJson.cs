using System.Text.Json.Serialization;
using Api.Contracts;
using Api.Contracts.Lists;
using Api.Contracts.Site;

namespace Api.Http.Json;

/// <summary>Source-generated serialization of every contract. Use it through <see cref="ApiJson"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = ApiJson.Depth)]
[JsonSerializable(typeof(Item<Article>))]
[JsonSerializable(typeof(Item<Event>))]
[JsonSerializable(typeof(Item<Expert>))]
[JsonSerializable(typeof(Item<Menu>))]
[JsonSerializable(typeof(Item<SitePage>))]
[JsonSerializable(typeof(Item<Topic>))]
[JsonSerializable(typeof(Item<ArticleType>))]
[JsonSerializable(typeof(Item<Resolution>))]
[JsonSerializable(typeof(Item<ServiceIndex>))]
[JsonSerializable(typeof(Item<IReadOnlyList<TopicTree>>))]
[JsonSerializable(typeof(Page<Article>))]
[JsonSerializable(typeof(FacetedPage<Article>))]
[JsonSerializable(typeof(Page<ArticleType>))]
[JsonSerializable(typeof(Page<Event>))]
[JsonSerializable(typeof(SearchedPage<Event>))]
[JsonSerializable(typeof(Page<Expert>))]
[JsonSerializable(typeof(SearchedPage<Expert>))]
[JsonSerializable(typeof(Page<Menu>))]
[JsonSerializable(typeof(Page<Redirect>))]
[JsonSerializable(typeof(Page<SitePage>))]
[JsonSerializable(typeof(Page<Topic>))]
[JsonSerializable(typeof(SearchedPage<Topic>))]
[JsonSerializable(typeof(Page<TopicTree>))]
[JsonSerializable(typeof(FacetedPage<SearchHit>))]
[JsonSerializable(typeof(Suggestions))]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(ContentChange))]
[JsonSerializable(typeof(SnapshotHead))]
[JsonSerializable(typeof(SnapshotTail))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(Readiness))]
internal sealed partial class ContractJson : JsonSerializerContext;
