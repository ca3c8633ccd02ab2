namespace OrleansGallery.Offline;

/// <summary>Which fields of a row are what; of a nested one the names with dots between them. Null: the usual one.
/// </summary>
public sealed record ImportFields
{
    /// <summary>Whose it is; of Qdrant and Milvus it must be named. Otherwise <c>identity</c>.</summary>
    public string? Identity { get; init; }

    /// <summary>The image's id. Usually Qdrant's point id, Milvus' <c>id</c>, otherwise <c>imageId</c>; of a row
    /// without one, the file's name and the row's number, as <c>faces.csv:17</c>.</summary>
    public string? Id { get; init; }

    /// <summary>The embedding, or the name of one of Qdrant's named vectors. Usually <c>vector</c>, or the only one
    /// that there is.</summary>
    public string? Vector { get; init; }

    /// <summary>The condition it was taken under. Usually <c>facet</c>; of Qdrant and Milvus none.</summary>
    public string? Facet { get; init; }

    /// <summary>When it was taken. Usually <c>takenAt</c>; of Qdrant and Milvus not read.</summary>
    public string? TakenAt { get; init; }

    /// <summary>With what is usual in rows that we wrote ourselves.</summary>
    internal ImportFields OrOurs() => new()
    {
        Identity = Identity ?? "identity",
        Id = Id ?? "imageId",
        Vector = Vector,
        Facet = Facet ?? "facet",
        TakenAt = TakenAt ?? "takenAt",
    };
}
