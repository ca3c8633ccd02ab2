using System.Globalization;
using System.Security.Cryptography;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;

namespace OrleansGallery.Simulation;

/// <summary>Steps that observe images, and say later whose they are.</summary>
/// <param name="gallery">Where.</param>
internal sealed class SimulatedObservations(SimulatedGallery gallery)
{
    private const double Join = 0.85;
    private const double Found = 0.5;
    private const double Margin = 0.02;
    private const int PromoteImages = 3;
    private const double PromoteDispersion = 0.3;

    // As of searches: where two scores are as close, either decision will do.
    private const double Tolerance = 4e-6;

    private readonly List<(PlainImage Image, ObservationRecord Record)> _done = [];
    private int _next;

    private PlainGallery Plain => gallery.Plain;

    private GalleryObserver Observer => new(
        new SearchRouter(gallery.Cluster.Grains, TimeProvider.System), gallery.Cluster.Grains, TimeProvider.System);

    /// <summary>The gallery is another one now.</summary>
    public void Forget() => _done.Clear();

    public async Task<string> ObserveAsync(Random random)
    {
        if (_done.Count > 0 && random.Next(6) == 0)
        {
            return await ObserveAgainAsync(random);
        }

        string id = string.Create(CultureInfo.InvariantCulture, $"w{++_next}");
        PlainImage image = new(id, random.Next(PlainImage.Contents));
        string what = $"observe content {image.Content} as {id}";
        Answer<ObservationOutcome> answer = await SendAsync(what, image);
        if (!answer.Judge(what, Plain.Erased.Contains(image.Content) ? [typeof(ImageErasedException)] : []))
        {
            return what;
        }

        ObservationOutcome outcome = answer.Value!;
        Check(what, image, outcome.Record);
        Answer.Same($"{what}: duplicate", answer.IsRepeated && outcome.IsDuplicate, outcome.IsDuplicate);
        Apply(image, outcome);
        _done.Add((image, outcome.Record));
        Answer.Same(
            $"{what}: the identity",
            (Plain[outcome.IdentityId].Count, Plain.AttributesText(outcome.IdentityId)),
            ((int)outcome.Identity!.Count, PlainGallery.TextOf(outcome.Identity.Attributes)));
        return what;
    }

    public async Task<string> ResolveAsync(Random random)
    {
        (PlainImage Image, ObservationRecord Record)[] open = [.. _done.Where(
            one => Plain[GalleryObserver.IdentityOf(one.Image.ImageId)].Count > 0)];
        if (open.Length == 0)
        {
            return "resolve nothing";
        }

        PlainImage image = open[random.Next(open.Length)].Image;
        string own = GalleryObserver.IdentityOf(image.ImageId);
        string? into = random.Next(3) == 0 ? null : gallery.Any(random);
        string what = $"resolve {image.ImageId} {(into is null ? "as somebody new" : $"into '{into}'")}";
        List<Type> refusals = Refusals(own, into);
        Answer<string> answer = await Answer.AskAsync(
            what, () => Observer.ResolveAsync(gallery.Record, image.ImageId, into));
        if (!answer.Judge(what, refusals))
        {
            return what;
        }

        Answer.Same(what, into ?? own, answer.Value!);
        if (into is not null)
        {
            Plain.Move(new PlainTransfer("resolved", own, into, [.. Plain[own]], IsRename: false), undone: null);
            return what;
        }

        if (StateOf(own) == ReservedAttributes.Ambiguous)
        {
            Answer<IdentitySnapshot> now = await Answer.AskAsync(what, () => gallery.Identity(own).GetAsync(false));
            Plain.Attributes(own)[ReservedAttributes.State] = ReservedAttributes.Provisional;
            Plain.Attributes(own)[ReservedAttributes.Seen] = now.Value!.Attributes[ReservedAttributes.Seen];
        }

        return what;
    }

    private static ObservationDecision Decide(double[] scores) =>
        scores.Length == 0 || scores[0] < Found ? ObservationDecision.Founded
        : scores[0] >= Join && (scores.Length == 1 || scores[0] - scores[1] >= Margin) ? ObservationDecision.Joined
        : ObservationDecision.Parked;

    private static bool IsClose(double[] scores) => scores.Length > 0
        && (Math.Abs(scores[0] - Found) < Tolerance || Math.Abs(scores[0] - Join) < Tolerance
            || (scores.Length > 1 && Math.Abs(scores[0] - scores[1] - Margin) < Tolerance));

    private async Task<string> ObserveAgainAsync(Random random)
    {
        (PlainImage image, ObservationRecord record) = _done[random.Next(_done.Count)];
        string what = $"observe {image.ImageId} again";
        Answer<ObservationOutcome> answer = await SendAsync(what, image);
        answer.Judge(what);
        Answer.Same(
            what, (record.Decision, record.IdentityId, record.DecidedAt, true),
            (answer.Value!.Record.Decision, answer.Value.Record.IdentityId, answer.Value.Record.DecidedAt,
                answer.Value.IsDuplicate));
        return what;
    }

    private Task<Answer<ObservationOutcome>> SendAsync(string what, PlainImage image)
    {
        Observation observation = new()
        {
            ObservationId = image.ImageId,
            Digest = SHA256.HashData(image.ContentHash),
            EmbedAsync = () => Task.FromResult<IReadOnlyList<ImageToEnrol>>([image.ToEnrol()]),
        };
        ObservationRule rule = ObservationRule.Of(gallery.Record, Join, Found, Margin);
        return Answer.AskAsync(
            what, () => Observer.ObserveAsync(gallery.Record, observation, rule, CancellationToken.None));
    }

    private void Check(string what, PlainImage image, ObservationRecord record)
    {
        Dictionary<string, double> scores = Plain.Scores(
            image.Embedding, null, id => StateOf(id) != ReservedAttributes.Ambiguous);
        double[] best = [.. scores.Values.OrderDescending().Take(2)];
        if (!IsClose(best))
        {
            Answer.Same($"{what}: decided", Decide(best), record.Decision);
        }

        if (record.Decision != ObservationDecision.Joined)
        {
            Answer.Same($"{what}: the identity", GalleryObserver.IdentityOf(image.ImageId), record.IdentityId);
        }
        else if (!(scores.TryGetValue(record.IdentityId, out double score) && score >= best[0] - Tolerance))
        {
            throw new MismatchException($"{what}: joined '{record.IdentityId}', at {score}; the best is at {best[0]}");
        }
    }

    private void Apply(PlainImage image, ObservationOutcome outcome)
    {
        string id = outcome.Record.IdentityId;
        Plain.Add(id, image);
        SortedDictionary<string, string> attributes = Plain.Attributes(id);
        string seen = outcome.Record.DecidedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        if (outcome.Record.Decision != ObservationDecision.Joined)
        {
            attributes[ReservedAttributes.State] = outcome.Record.Decision == ObservationDecision.Founded
                ? ReservedAttributes.Provisional : ReservedAttributes.Ambiguous;
            attributes[ReservedAttributes.Observation] = image.ImageId;
            attributes[ReservedAttributes.Seen] = seen;
        }
        else if (StateOf(id) == ReservedAttributes.Provisional)
        {
            attributes[ReservedAttributes.Seen] = seen;
            if (Plain[id].Count >= PromoteImages && Plain.Dispersion(id) is { } dispersion
                && (Math.Abs(dispersion - PromoteDispersion) < Tolerance
                    ? !outcome.Identity!.Attributes.ContainsKey(ReservedAttributes.State)
                    : dispersion < PromoteDispersion))
            {
                Plain.Confirm(id);
            }
        }
    }

    private List<Type> Refusals(string own, string? into)
    {
        string? state = StateOf(own);
        if (state is null)
        {
            return [typeof(OperationConflictException)];
        }

        return into is null ? []
            : Plain[into].Count == 0 ? [typeof(IdentityNotFoundException)]
            : StateOf(into) == ReservedAttributes.Ambiguous ? [typeof(OperationConflictException)]
            : into == own ? [typeof(InvalidRequestException)]
            : Plain[own].Any(image => Plain.Find(into, image.ImageId) is not null) ? [typeof(ImageExistsException)]
            : [];
    }

    private string? StateOf(string id) => Plain.Attributes(id).GetValueOrDefault(ReservedAttributes.State);
}
