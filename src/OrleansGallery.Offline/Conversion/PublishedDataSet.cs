namespace OrleansGallery.Offline;

/// <summary>The data sets that the paper's figures are of.</summary>
public enum PublishedDataSet
{
    /// <summary>Market-1501: persons, six cameras.</summary>
    Market1501,

    /// <summary>DukeMTMC-reID: persons, eight cameras.</summary>
    DukeMtmc,

    /// <summary>DeepFashion, consumer-to-shop: customers' and shops' images of garments.</summary>
    DeepFashion,

    /// <summary>Street2Shop: street photos and shops' photos of garments.</summary>
    Street2Shop,
}
