namespace OrleansGallery.Storage;

/// <summary>
/// The store refused the data of a commit (a constraint or a value, SQLSTATE class 22 or 23) and rolled it back:
/// nothing was written, and the same commit would be refused again.
/// </summary>
/// <param name="message">What was refused.</param>
/// <param name="cause">The driver's error; null: the store found out by itself.</param>
public sealed class StoreDataException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether what was refused is the content of an image: it was erased, and is not to come back yet.
    /// </summary>
    public bool IsErased { get; init; }
}
