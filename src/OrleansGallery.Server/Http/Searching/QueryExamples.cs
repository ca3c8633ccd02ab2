using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>The examples of a query, of which there may be one, said in the fields of the search itself.</summary>
internal sealed class QueryExamples
{
    public const double DefaultNegativeWeight = 0.5;

    private QueryExamples(
        IReadOnlyList<QueryExample> positives, IReadOnlyList<QueryExample> negatives, double negativeWeight) =>
        (Positives, Negatives, NegativeWeight) = (positives, negatives, negativeWeight);

    public IReadOnlyList<QueryExample> Positives { get; }

    public IReadOnlyList<QueryExample> Negatives { get; }

    public double NegativeWeight { get; }

    /// <summary>Whether one example is the query as it is.</summary>
    public bool IsOne => Positives.Count == 1 && Negatives.Count == 0;

    /// <summary>Whether the query is one vector or file that is not read from the gallery.</summary>
    public bool IsNew => IsOne && Positives[0].IdentityId is null;

    /// <summary>What the answer says of them.</summary>
    public SearchedQuery? ToAnswer() => IsOne ? null : new SearchedQuery
    {
        Positives = Positives.Count, Negatives = Negatives.Count, NegativeWeight = NegativeWeight,
    };

    /// <exception cref="InvalidRequestException">There is none, or too many, or one is not one thing.</exception>
    public static QueryExamples Of(SearchRequest search)
    {
        QueryExample own = new() { Vector = search.Vector, ImageId = search.ImageId, IdentityId = search.IdentityId };
        double weight = search.NegativeWeight ?? DefaultNegativeWeight;
        if (search.Positives is not { Count: > 0 } positives)
        {
            return search is { Negatives: null, NegativeWeight: null } && IsOneThing(own)
                ? new QueryExamples([own], [], weight)
                : throw new InvalidRequestException(
                    "A query is either vector, or imageId with identityId, or identityId, or positives, with or "
                    + "without negatives (or multipart/form-data with 'file').");
        }

        IReadOnlyList<QueryExample> negatives = search.Negatives ?? [];
        if (own != new QueryExample())
        {
            throw new InvalidRequestException(
                "Where there are positives, vector, imageId and identityId belong in one of them.");
        }

        if (positives.Count + negatives.Count > SearchRequest.MaxExamples)
        {
            throw new InvalidRequestException(
                $"The query has {positives.Count + negatives.Count} examples; {SearchRequest.MaxExamples} are "
                + "possible.");
        }

        Require(positives, "positives");
        Require(negatives, "negatives");
        return weight is >= 0 and <= 1
            ? new QueryExamples(positives, negatives, weight)
            : throw new InvalidRequestException($"negativeWeight is {weight}; 0 to 1 are possible.");
    }

    private static void Require(IReadOnlyList<QueryExample> examples, string field)
    {
        for (int i = 0; i < examples.Count; i++)
        {
            if (!IsOneThing(examples[i]))
            {
                throw new InvalidRequestException(
                    $"{field}[{i}] has to be one of image, vector, imageId with identityId, and identityId.");
            }
        }
    }

    private static bool IsOneThing(QueryExample? example) => example is
        { Image: not null, Vector: null, ImageId: null, IdentityId: null }
        or { Image: null, Vector: not null, ImageId: null, IdentityId: null }
        or { Image: null, Vector: null, IdentityId: not null };
}
