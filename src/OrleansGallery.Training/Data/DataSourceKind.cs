namespace OrleansGallery.Training;

/// <summary>Where images and identities come from.</summary>
public enum DataSourceKind
{
    /// <summary>One folder per identity.</summary>
    Folders,

    /// <summary>Market-1501's three folders.</summary>
    Market1501,

    /// <summary>DukeMTMC-reID's three folders.</summary>
    DukeMtmcReId,

    /// <summary>COCO-like JSON (DeepFashion, Street2Shop).</summary>
    Coco,

    /// <summary>A CSV file.</summary>
    Manifest,

    /// <summary>Omniglot's two archives.</summary>
    Omniglot,

    /// <summary>The rendered catalogue.</summary>
    Catalogue,

    /// <summary>Crops of photographs, each an identity of its own; nothing is labelled.</summary>
    Photographs,
}
