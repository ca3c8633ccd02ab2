using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Simulation;

/// <summary>Steps that change nothing.</summary>
/// <param name="gallery">Where.</param>
internal sealed class SimulatedReads(SimulatedGallery gallery)
{
    // Centroids are rounded to float32 once, and the product's score is the exact one of these.
    private const double Tolerance = 2e-6;

    private PlainGallery Plain => gallery.Plain;

    public async Task<string> SearchAsync(Random random, string? excludedFacet, bool isFiltered = false)
    {
        AttributeMatch? wanted = isFiltered ? SimulatedAttributes.Match(random) : null;
        float[] query = new PlainImage(string.Empty, random.Next(PlainImage.Contents)).Embedding;
        int top = random.Next(1, 12);
        string what = $"search the best {top}{(excludedFacet is null ? "" : $" without facet '{excludedFacet}'")}"
            + (wanted is null ? "" : $" where {wanted.Key} is {(wanted.IsNot ? "none" : "one")} of "
                + string.Join("/", wanted.Values));
        Answer<SearchAnswer> answer = await Answer.AskAsync(
            what,
            () => gallery.Cluster.SearchAsync(
                gallery.Record, query, top, excludedFacet: excludedFacet, filter: wanted is null ? [] : [wanted]),
            found => found.Answered == found.Asked && found.IsConfirmed);
        answer.Judge(what);
        IReadOnlyList<Match> matches = answer.Value!.Matches;
        Dictionary<string, double> scores = Plain.Scores(
            query, excludedFacet, id => wanted is null || SimulatedAttributes.Lets(wanted, Plain.Attributes(id)));
        Answer.Same($"{what}: matches", Math.Min(top, scores.Count), matches.Count);
        double lowest = double.PositiveInfinity;
        foreach (Match match in matches)
        {
            if (!scores.Remove(match.IdentityId, out double score) || Math.Abs(score - match.Score) > Tolerance
                || match.Score > lowest)
            {
                throw new MismatchException($"{what}: answered {match}, expected {score} and at most {lowest}");
            }

            lowest = match.Score;
            if (excludedFacet is null)
            {
                Answer.Same($"{what}: images of '{match.IdentityId}'", Plain[match.IdentityId].Count, (int)match.Count);
            }
        }

        if (scores.Count > 0 && matches.Count > 0 && scores.Values.Max() > lowest + Tolerance)
        {
            throw new MismatchException($"{what}: ended at {lowest}, but there is {scores.MaxBy(one => one.Value)}");
        }

        return what;
    }

    public async Task<string> GetAsync(Random random)
    {
        string id = gallery.Any(random);
        string what = $"get '{id}'";
        Answer<IdentitySnapshot> answer = await Answer.AskAsync(what, () => gallery.Identity(id).GetAsync(false));
        if (answer.Judge(what, Plain[id].Count == 0 ? [typeof(IdentityNotFoundException)] : []))
        {
            Answer.Same(what, (Plain[id].Count, Plain.HashOf(id)), ((int)answer.Value!.Count, answer.Value.Hash));
            Answer.Same(
                $"{what}: attributes", Plain.AttributesText(id), PlainGallery.TextOf(answer.Value.Attributes));
            Answer.Same(
                $"{what}: facets",
                Text(Plain[id].GroupBy(image => image.Facet).Select(group => $"{group.Key} {group.Count()}")),
                Text(answer.Value.Facets.Select(facet => $"{facet.Key} {facet.Value}")));
        }

        return what;
    }

    public async Task<string> ListImagesAsync(Random random)
    {
        string id = gallery.Any(random);
        int limit = random.Next(1, 12);
        string what = $"list the images of '{id}' by {limit}";
        List<EnrolledImage> listed = [];
        for (string? after = null; ;)
        {
            Answer<ImagePage> page = await Answer.AskAsync(
                what, () => gallery.Identity(id).ListImagesAsync(after, limit));
            if (!page.Judge(what, Plain[id].Count == 0 ? [typeof(IdentityNotFoundException)] : []))
            {
                return what;
            }

            listed.AddRange(page.Value!.Images);
            after = page.Value.Next;
            if (after is null)
            {
                break;
            }
        }

        Answer.Same(
            what,
            string.Join(", ", Plain[id].OrderBy(image => image.ImageId, StringComparer.Ordinal)
                .Select(image => Describe(image.ImageId, image.Facet, image.ContentHash))),
            string.Join(", ", listed.Select(image => Describe(image.ImageId, image.Facet, image.ContentHash))));
        PlainImage one = Plain[id][random.Next(Plain[id].Count)];
        Answer<EnrolledImage> read = await Answer.AskAsync(what, () => gallery.Identity(id).GetImageAsync(one.ImageId));
        read.Judge($"{what}: get {one.ImageId}");
        Answer.Same(
            $"{what}: get {one.ImageId}",
            Convert.ToHexString(VectorBytes.From(one.Embedding).Bytes),
            Convert.ToHexString(read.Value!.Embedding!.Value.Bytes));
        return what;
    }

    public async Task<string> ListIdentitiesAsync(Random random)
    {
        int limit = random.Next(1, 12);
        string what = $"list the identities by {limit}";
        List<IdentityEntry> listed = [];
        for (string? after = null; ;)
        {
            Answer<IdentityPage> page = await Answer.AskAsync(
                what, () => gallery.Grain.ListIdentitiesAsync(after, limit));
            page.Judge(what);
            listed.AddRange(page.Value!.Identities);
            after = page.Value.Next;
            if (after is null)
            {
                break;
            }
        }

        Answer.Same(
            what,
            string.Join(", ", Plain.Ids.Select(id => $"{id} {Plain[id].Count} {Plain.AttributesText(id)}")),
            string.Join(", ", listed.Select(
                entry => $"{entry.IdentityId} {entry.Count} {PlainGallery.TextOf(entry.Attributes)}")));
        return what;
    }

    public async Task<string> DescribeAsync()
    {
        await ReadRootHashAsync();
        return "describe";
    }

    /// <summary>The gallery's root hash as the cluster says it, which has been compared.</summary>
    public async Task<string> ReadRootHashAsync()
    {
        const string what = "describe";
        Answer<GallerySummary> answer = await Answer.AskAsync(what, gallery.Grain.DescribeAsync);
        answer.Judge(what);
        GallerySummary summary = answer.Value!;
        Answer.Same(
            what,
            (Plain.Ids.Length, Plain.Images, Plain.Rows, Plain.RootHash),
            ((int)summary.Identities, (int)summary.Images, (int)summary.Rows, summary.RootHash));
        return summary.RootHash;
    }

    public async Task<string> VerifyAsync()
    {
        const string what = "verify";
        Answer<VerificationReport> answer = await Answer.AskAsync(
            what, () => gallery.Grain.VerifyAsync(CancellationToken.None));
        answer.Judge(what);
        VerificationReport report = answer.Value!;
        Answer.Same(
            what,
            (Plain.Ids.Length, Plain.Images, Plain.RootHash, string.Empty),
            ((int)report.Identities, (int)report.Images, report.Hash, string.Join(" ", report.Differences)));
        return what;
    }

    private static string Describe(string imageId, string facet, byte[] contentHash) =>
        $"{imageId} '{facet}' {Convert.ToHexStringLower(contentHash.AsSpan(0, 4))}";

    private static string Text(IEnumerable<string> lines) => string.Join(", ", lines.Order(StringComparer.Ordinal));
}
