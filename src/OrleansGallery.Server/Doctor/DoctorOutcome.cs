namespace OrleansGallery.Server;

/// <summary>What a check came to.</summary>
public enum DoctorOutcome
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>The service starts, and somebody should look at this.</summary>
    Warning,

    /// <summary>The service does not start, or does not do what it is there for.</summary>
    Wrong,
}
