namespace OrleansGallery.WebTests.Fixtures;

/// <summary>Tests that share one service and one browser; one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PageTests : ICollectionFixture<ShownPage>
{
    public const string Name = "page";
}
