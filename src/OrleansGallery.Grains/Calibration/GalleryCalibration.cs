using System.Globalization;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Measures a gallery's threshold: a sample of its images is searched in all of it, each without its own identity. It
/// runs beside the partitions' grains; its searches stand in line with all others.
/// </summary>
internal sealed class GalleryCalibration(IGalleryStore store, IGrainFactory grains, TimeProvider time)
{
    /// <summary>Fewer identities say nothing of others.</summary>
    public const int MinIdentities = 10;

    private const int MostAboveWanted = 3;
    private const int CurvePoints = 101;
    private const int SearchedTogether = 8;
    private const int Attempts = 3;

    // Each searches a gallery up to ten thousand times.
    private static readonly Turnstile Turns = new("calibrations");

    private static readonly TimeSpan SearchTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Measures.</summary>
    /// <param name="gallery">The gallery and how large it is.</param>
    /// <param name="request">The rate that is wanted.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="isSlow">Nobody waits: one search at a time, and a pause as long as each.</param>
    /// <returns>The threshold and its evidence.</returns>
    /// <exception cref="InvalidRequestException">The rate is none.</exception>
    /// <exception cref="CalibrationImpossibleException">The images cannot show the rate.</exception>
    /// <exception cref="IncompleteSearchException">A search did not reach all partitions.</exception>
    /// <exception cref="UnconfirmedSearchException">The store did not confirm that a search's rows are the
    /// last.</exception>
    /// <exception cref="OverloadedException">Others wait for theirs.</exception>
    public Task<CalibrationResponse> MeasureAsync(
        GallerySummary gallery, CalibrateRequest request, CancellationToken cancellationToken, bool isSlow = false)
    {
        if (!(request.Fpir is > 0 and < 1))
        {
            throw new InvalidRequestException(string.Create(
                CultureInfo.InvariantCulture,
                $"fpir is {request.Fpir}; it is a share above 0 and below 1, for example 0.01."));
        }

        // What there is no hope for is refused before anything is read.
        Require(Math.Min(gallery.Images, CalibrationSample.MaxImages), gallery.Identities, request.Fpir);
        return isSlow
            ? RunAsync(gallery, request, isSlow, cancellationToken)
            : Turns.RunAsync(() => RunAsync(gallery, request, isSlow, cancellationToken), cancellationToken);
    }

    private async Task<CalibrationResponse> RunAsync(
        GallerySummary gallery, CalibrateRequest request, bool isSlow, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<OpenSetQuery> queries = await SearchAllAsync(
            gallery.Gallery, request.Seed, isSlow, cancellationToken);
        int identities = queries.Select(query => query.Identity).Distinct().Count();
        Require(queries.Count, identities, request.Fpir);
        OpenSetScores scores = new(queries);
        double threshold = scores.FindThreshold(request.Fpir) ?? throw new CalibrationImpossibleException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{scores.FalsePositiveRate(1) * 100:0.#} % of {scores.Count:N0} images have a score of 1 with an "
                + $"identity that is not theirs, more than the FPIR of {request.Fpir} that is wanted: the same images "
                + $"are enrolled under several identities. Merge those, or ask for a higher fpir."));
        (double low, double high) = scores.FalsePositiveInterval(threshold);
        if (request.Apply && high > MostAboveWanted * request.Fpir)
        {
            throw new CalibrationImpossibleException(string.Create(
                CultureInfo.InvariantCulture,
                $"With 95 % confidence the FPIR is up to {high:0.#####}, more than {MostAboveWanted} times the "
                + $"{request.Fpir} that is wanted: images of one identity resemble each other, and the "
                + $"{scores.Count:N0} of {identities:N0} identities say as much as "
                + $"{scores.IndependentQueries(threshold):N0} that do not. Enrol more identities, ask for a higher "
                + $"fpir, or measure without apply."));
        }

        return new CalibrationResponse
        {
            Fpir = request.Fpir,
            Threshold = threshold,
            MeasuredFpir = scores.FalsePositiveRate(threshold),
            FpirLow = low,
            FpirHigh = high,
            SmallestFpir = scores.SmallestFalsePositiveRate(threshold),
            Fnir = scores.FalseNegativeRate(threshold),
            Images = scores.Count,
            GenuineImages = scores.GenuineCount,
            Identities = identities,
            GalleryIdentities = gallery.Identities,
            GalleryImages = gallery.Images,
            Seed = request.Seed,
            Model = gallery.Gallery.Settings.Model,
            RootHash = gallery.RootHash,
            MeasuredAt = now,
            Curve =
            [
                .. scores.Thresholds(CurvePoints).Select(point => new CalibrationPoint
                {
                    Threshold = point,
                    Fpir = scores.FalsePositiveRate(point),
                    Fnir = scores.FalseNegativeRate(point),
                }),
            ],
        };
    }

    private static void Require(long images, long identities, double rate)
    {
        long needed = OpenSetScores.QueriesFor(rate);
        if (identities < MinIdentities)
        {
            throw new CalibrationImpossibleException(string.Create(
                CultureInfo.InvariantCulture,
                $"The gallery has {identities:N0} identities that can be searched for; a threshold is measured with at "
                + $"least {MinIdentities}. Enrol more."));
        }

        if (images < needed)
        {
            string limit = needed > CalibrationSample.MaxImages
                ? $"a sample has at most {CalibrationSample.MaxImages:N0}, so ask for a higher one"
                : "enrol more, or ask for a higher one";
            throw new CalibrationImpossibleException(string.Create(
                CultureInfo.InvariantCulture,
                $"An FPIR of {rate} takes {needed:N0} images to show (3 by the rate); there are {images:N0}, which "
                + $"show no less than {3.0 / Math.Max(images, 1):0.#####}: {limit}."));
        }
    }

    private async Task<List<OpenSetQuery>> SearchAllAsync(
        Gallery gallery, int seed, bool isSlow, CancellationToken cancellationToken)
    {
        CalibrationSample sample = new(store, gallery, seed);
        IReadOnlyList<(string IdentityId, int Images)> identities = await sample.ChooseAsync(cancellationToken);
        List<OpenSetQuery> queries = [];
        for (int i = 0; i < identities.Count; i++)
        {
            (string own, int most) = identities[i];
            IReadOnlyList<(VectorBytes Embedding, double? Genuine)> images =
                await sample.ReadAsync(own, most, cancellationToken);
            foreach ((VectorBytes Embedding, double? Genuine)[] some in images.Chunk(isSlow ? 1 : SearchedTogether))
            {
                long started = time.GetTimestamp();
                Task<double[]> FindAsync() => Task.WhenAll(some.Select(
                    image => FindImpostorAsync(gallery, own, image.Embedding, cancellationToken)));
                // Whoever waits for a calibration goes between two searches of one that nobody waits for.
                double[] impostors = isSlow ? await Turns.RunAsync(FindAsync, cancellationToken) : await FindAsync();
                queries.AddRange(some.Zip(
                    impostors, (image, impostor) => new OpenSetQuery(i, image.Genuine, impostor)));
                if (isSlow)
                {
                    await Task.Delay(time.GetElapsedTime(started), time, cancellationToken);
                }
            }
        }

        return queries;
    }

    // The best of two that is not its own; where it is the only identity that has a direction, nothing resembles it.
    private async Task<double> FindImpostorAsync(
        Gallery gallery, string own, VectorBytes embedding, CancellationToken cancellationToken)
    {
        SearchCommand command = new()
        {
            Gallery = gallery.Number,
            Partitions = gallery.Partitions,
            Dimension = gallery.Dimension,
            Query = embedding,
            Top = 2,
            Deadline = SearchTime,
            Filter = [ReservedAttributes.NotAmbiguous],
        };
        for (int attempt = 1; ; attempt++)
        {
            SearchAnswer answer = await grains.GetGrain<ISearchGrain>(0).SearchAsync(
                command with { Id = Guid.NewGuid() }, cancellationToken);
            if (FindFault(answer) is not { } fault)
            {
                return answer.Matches.Where(match => match.IdentityId != own)
                    .Select(match => match.Score).DefaultIfEmpty(-1).First();
            }

            if (attempt == Attempts)
            {
                throw fault;
            }

            await Task.Delay(RetryPause, time, cancellationToken);
        }
    }

    /// <summary>Why an answer is no measurement: it is not of all partitions, or not of the last rows.</summary>
    internal static GalleryException? FindFault(SearchAnswer answer) =>
        answer.Missing.Count > 0 ? new IncompleteSearchException(
            $"{answer.Answered} of {answer.Asked} partitions answered within {SearchTime.TotalSeconds} s, "
            + $"{Attempts} times; missing: {string.Join(", ", answer.Missing)}. Calibrate when all are there.")
        : !answer.IsConfirmed ? new UnconfirmedSearchException(
            $"The store has not confirmed, {Attempts} times, that the rows compared are the last; calibrate again.")
        : null;
}
