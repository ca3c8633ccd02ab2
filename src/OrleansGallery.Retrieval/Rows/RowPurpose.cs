namespace OrleansGallery.Retrieval;

/// <summary>What random numbers are drawn for; appended to, never reordered, or seeds would mean other rows.</summary>
public enum RowPurpose
{
    /// <summary>The map from latent dimensions to components.</summary>
    Map,

    /// <summary>Sizes and centres of the groups.</summary>
    Groups,

    /// <summary>Centres of the subgroups.</summary>
    Subgroups,

    /// <summary>What all samples of an identity share.</summary>
    Identity,

    /// <summary>The samples of a row.</summary>
    Row,

    /// <summary>The sample of a query.</summary>
    Query,

    /// <summary>Whom a query is a sample of.</summary>
    Target,

    /// <summary>Biases and gains of the channels.</summary>
    Channels,

    /// <summary>Which rows are replaced.</summary>
    Upserts,
}
