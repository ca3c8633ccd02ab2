namespace OrleansGallery.Abstractions;

/// <summary>What is known of a commit for which a partition was lent.</summary>
[GenerateSerializer, Alias("gallery.LoanEnd")]
public enum LoanEnd
{
    /// <summary>It may have been written: that is to be found out.</summary>
    Unknown = 0,

    /// <summary>It was written.</summary>
    Written = 1,

    /// <summary>It was not, and never will be.</summary>
    NotWritten = 2,
}
