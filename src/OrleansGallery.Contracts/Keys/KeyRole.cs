namespace OrleansGallery.Contracts;

/// <summary>What a key is good for; each includes those before it.</summary>
public enum KeyRole
{
    /// <summary>Searching and looking.</summary>
    Read,

    /// <summary>Enrolling, changing and deleting what galleries hold.</summary>
    Write,

    /// <summary>Creating and deleting galleries, and, where the key is good for all of them, keys.</summary>
    Admin,
}
