using System.Globalization;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Simulation;

/// <summary>A gallery of the cluster beside one of plain lists: each step is done to both, and the answers are
/// compared.</summary>
internal sealed class SimulatedGallery
{
    private const int MaxPartitions = 6;

    private readonly SimulatedCluster _cluster;
    private readonly string _name;
    private readonly SimulatedChanges _changes;
    private readonly SimulatedOperations _operations;
    private readonly SimulatedAttributes _attributes;
    private readonly SimulatedObservations _observations;
    private readonly SimulatedReads _reads;
    private Task _disruption = Task.CompletedTask;

    private SimulatedGallery(SimulatedCluster cluster, string name, Gallery record)
    {
        (_cluster, _name, Record) = (cluster, name, record);
        _changes = new SimulatedChanges(this);
        _operations = new SimulatedOperations(this);
        _attributes = new SimulatedAttributes(this);
        _observations = new SimulatedObservations(this);
        _reads = new SimulatedReads(this);
    }

    /// <summary>The identities that there may be.</summary>
    public static IReadOnlyList<string> AllIds { get; } =
    [
        .. Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"p{i}")),
        "\u00c5ngstr\u00f6m", "e\u0301clair", "\u65e5\u672c", "a b",
    ];

    /// <summary>What it must hold.</summary>
    public PlainGallery Plain { get; private set; } = new();

    /// <summary>What the cluster calls it.</summary>
    public Gallery Record { get; private set; }

    /// <summary>The cluster.</summary>
    public GalleryCluster Cluster => _cluster.Cluster;

    /// <summary>The gallery's grain.</summary>
    public IGalleryGrain Grain => Cluster.Gallery(_name);

    /// <summary>Creates an empty one.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The gallery.</returns>
    public static async Task<SimulatedGallery> CreateAsync(SimulatedCluster cluster, string name) =>
        new(cluster, name, await CreateAsync(cluster.Cluster.Gallery(name), name, partitions: 4));

    /// <summary>The grain of an identity.</summary>
    public IIdentityGrain Identity(string id) => Cluster.Identity(Record, id);

    /// <summary>Does a step.</summary>
    /// <param name="step">The step.</param>
    /// <returns>What was done, in words.</returns>
    /// <exception cref="MismatchException">The cluster did something else than the plain lists.</exception>
    public Task<string> RunAsync(Step step)
    {
        Random random = new(step.Seed);
        return step.Kind switch
        {
            StepKind.Enrol => _changes.EnrolAsync(random),
            StepKind.Remove => _changes.RemoveAsync(random),
            StepKind.Delete => _changes.DeleteAsync(random),
            StepKind.SetAttributes => _attributes.SetAsync(random),
            StepKind.Observe => _observations.ObserveAsync(random),
            StepKind.Resolve => _observations.ResolveAsync(random),
            StepKind.Merge or StepKind.Move or StepKind.Rename or StepKind.Split =>
                _operations.TransferAsync(step.Kind, random),
            StepKind.Undo => _operations.UndoAsync(random),
            StepKind.EraseImage => _operations.EraseAsync(random, whole: false),
            StepKind.EraseIdentity => _operations.EraseAsync(random, whole: true),
            StepKind.SendAgain => _operations.SendAgainAsync(random),
            StepKind.SendOther => _operations.SendOtherAsync(random),
            StepKind.Search => _reads.SearchAsync(random, excludedFacet: null),
            StepKind.SearchWithoutFacet => _reads.SearchAsync(
                random, PlainImage.Facets[random.Next(1, PlainImage.Facets.Count)]),
            StepKind.SearchFiltered => _reads.SearchAsync(
                random,
                random.Next(3) == 0 ? PlainImage.Facets[random.Next(1, PlainImage.Facets.Count)] : null,
                isFiltered: true),
            StepKind.Get => _reads.GetAsync(random),
            StepKind.ListImages => _reads.ListImagesAsync(random),
            StepKind.ListIdentities => _reads.ListIdentitiesAsync(random),
            StepKind.Describe => _reads.DescribeAsync(),
            StepKind.Verify => _reads.VerifyAsync(),
            StepKind.Recreate => RecreateAsync(random),
            StepKind.LoseAnswer => Task.FromResult(
                Arm(random.Next(2) == 0 ? CommitFault.LostBefore : CommitFault.LostAfter)),
            StepKind.FailWrite => Task.FromResult(Arm(CommitFault.Failed)),
            StepKind.MovePartition => DisruptAsync("move a partition", () => _cluster.MoveAsync(Record, random)),
            StepKind.KillSilo => DisruptAsync("kill a silo", () => _cluster.KillAsync(random)),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, "This step is unknown."),
        };
    }

    /// <summary>Waits for what goes on beside the steps, and compares everything.</summary>
    /// <returns>The root hash as the cluster says it.</returns>
    public async Task<string> FinishAsync()
    {
        await _disruption;
        await _reads.VerifyAsync();
        return await _reads.ReadRootHashAsync();
    }

    /// <summary>One of the identities, mostly one that there is.</summary>
    public string Any(Random random) =>
        Plain.Ids is { Length: > 0 } ids && random.Next(10) > 0 ? ids[random.Next(ids.Length)]
        : AllIds[random.Next(AllIds.Count)];

    private static async Task<Gallery> CreateAsync(IGalleryGrain grain, string name, int partitions)
    {
        string what = $"create the gallery with {partitions} partitions";
        Answer<Gallery> answer = await Answer.AskAsync(what, () => grain.CreateAsync(
            new Gallery { Name = name, Dimension = PlainImage.Dimension, Partitions = partitions }));
        // The first attempt may have made it.
        return answer is { IsRepeated: true, Refusal: GalleryExistsException }
            ? await grain.GetAsync()
            : answer.Judge(what) ? answer.Value! : throw new MismatchException(what);
    }

    private async Task<string> RecreateAsync(Random random)
    {
        await _disruption;
        Answer<GallerySummary> answer = await Answer.AskAsync("delete the gallery", Grain.DeleteAsync);
        if (!(answer is { IsRepeated: true, Refusal: GalleryNotFoundException }))
        {
            answer.Judge("delete the gallery");
        }

        _operations.Forget();
        _observations.Forget();
        Plain = new PlainGallery();
        int partitions = random.Next(1, MaxPartitions + 1);
        Record = await CreateAsync(Grain, _name, partitions);
        return $"delete the gallery, and create it with {partitions} partitions";
    }

    private string Arm(CommitFault fault)
    {
        _cluster.Faults.Arm(Record.Number, fault);
        return $"fault at the next commit: {fault}";
    }

    private async Task<string> DisruptAsync(string what, Func<Task> disrupt)
    {
        await _disruption;
        _disruption = disrupt();
        return $"{what}, while what follows is done";
    }
}
