namespace OrleansGallery.Retrieval;

/// <summary>Which gallery items a query is compared with.</summary>
public enum EvaluationProtocol
{
    /// <summary>
    /// Person re-identification: a query of facet (camera) c is not matched with its own identity's images of c. In
    /// centroid mode an identity has a centroid per facet of its queries, made of its images of all other facets.
    /// </summary>
    Reid,

    /// <summary>Product search: in centroid mode one centroid per identity, compared with every query.</summary>
    Fashion,
}
