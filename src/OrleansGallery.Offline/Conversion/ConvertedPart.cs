namespace OrleansGallery.Offline;

/// <summary>What an image of a converted data set is for.</summary>
public enum ConvertedPart
{
    /// <summary>It is trained on.</summary>
    Train,

    /// <summary>It is searched with.</summary>
    Query,

    /// <summary>It is searched in.</summary>
    Gallery,
}
