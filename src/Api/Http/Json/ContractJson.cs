using System.Text.Json.Serialization;
using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Contracts.Site;

namespace Api.Http.Json;

/// <summary>Source-generated serialization of every contract. Use it through <see cref="ApiJson"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = ApiJson.Depth)]
[JsonSerializable(typeof(Item<Article, ArticleIncluded>))]
[JsonSerializable(typeof(Item<Event, EventIncluded>))]
[JsonSerializable(typeof(Item<Expert, ExpertIncluded>))]
[JsonSerializable(typeof(Item<Menu, Included>))]
[JsonSerializable(typeof(Item<SitePage, Included>))]
[JsonSerializable(typeof(Item<Topic, TopicIncluded>))]
[JsonSerializable(typeof(Item<ArticleType, Included>))]
[JsonSerializable(typeof(Item<Resolution, Included>))]
[JsonSerializable(typeof(Item<ServiceIndex, Included>))]
[JsonSerializable(typeof(Page<Article>))]
[JsonSerializable(typeof(Page<ArticleCard>))]
[JsonSerializable(typeof(FacetedPage<Article>))]
[JsonSerializable(typeof(FacetedPage<ArticleCard>))]
[JsonSerializable(typeof(Page<ArticleType>))]
[JsonSerializable(typeof(Page<Event>))]
[JsonSerializable(typeof(SearchedPage<Event>))]
[JsonSerializable(typeof(SearchedPage<EventCard>))]
[JsonSerializable(typeof(Page<Expert>))]
[JsonSerializable(typeof(SearchedPage<Expert>))]
[JsonSerializable(typeof(SearchedPage<ExpertCard>))]
[JsonSerializable(typeof(Page<Menu>))]
[JsonSerializable(typeof(Page<Redirect>))]
[JsonSerializable(typeof(Page<SitePage>))]
[JsonSerializable(typeof(Page<Topic>))]
[JsonSerializable(typeof(SearchedPage<Topic>))]
[JsonSerializable(typeof(SearchedPage<TopicCard>))]
[JsonSerializable(typeof(Page<TopicTree>))]
[JsonSerializable(typeof(FacetedPage<SearchHit>))]
[JsonSerializable(typeof(Suggestions))]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(ContentChange))]
[JsonSerializable(typeof(ChangeEvent))]
[JsonSerializable(typeof(StreamStart))]
[JsonSerializable(typeof(StreamResync))]
[JsonSerializable(typeof(ChangedItem))]
[JsonSerializable(typeof(SnapshotHead))]
[JsonSerializable(typeof(SnapshotTail))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(Readiness))]
internal sealed partial class ContractJson : JsonSerializerContext;
