using System.Globalization;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Simulation;

/// <summary>Steps that are operations: each has an id, and a receipt that comes again for it.</summary>
/// <param name="gallery">Where.</param>
internal sealed class SimulatedOperations(SimulatedGallery gallery)
{
    private readonly List<Done> _done = [];
    private int _next;

    private PlainGallery Plain => gallery.Plain;

    /// <summary>The gallery is another one now.</summary>
    public void Forget() => _done.Clear();

    public async Task<string> TransferAsync(StepKind kind, Random random)
    {
        string from = gallery.Any(random);
        string to = kind is StepKind.Merge or StepKind.Move
            ? gallery.Any(random) : SimulatedGallery.AllIds[random.Next(SimulatedGallery.AllIds.Count)];
        PlainImage[] images = [.. Plain[from]];
        bool isWhole = kind is StepKind.Merge or StepKind.Rename;
        if (!isWhole)
        {
            images = [.. images.OrderBy(_ => random.Next()).Take(random.Next(1, images.Length + 2))];
        }

        string[] named = isWhole ? [] : [.. images.Select(image => image.ImageId)];
        if (!isWhole && random.Next(20) == 0)
        {
            named = [.. named, "never"];
        }

        TransferRequest request = new()
        {
            OperationId = NextId(),
            TargetId = to,
            ImageIds = isWhole ? null : named,
            Target = kind switch
            {
                StepKind.Merge => TransferTarget.Existing,
                StepKind.Move => TransferTarget.Any,
                _ => TransferTarget.New,
            },
            IsSplit = kind == StepKind.Split,
        };
        string which = isWhole ? "all" : string.Join(" ", named);
        string what = $"{request.OperationId}: {kind} {which} from '{from}' to '{to}'";
        List<Type> refusals = Refusals(from, to, images, request.Target);
        if (named.Contains("never"))
        {
            refusals.Add(typeof(ImageNotFoundException));
        }

        if (!isWhole && (named.Length == 0 || (kind == StepKind.Split && named.Length == Plain[from].Count)))
        {
            refusals.Add(typeof(InvalidRequestException));
        }

        return await MoveAsync(
            what, new PlainTransfer(request.OperationId, from, to, images, IsRename(from, to, images)), refusals,
            () => gallery.Identity(from).TransferAsync(request));
    }

    public async Task<string> UndoAsync(Random random)
    {
        if (Plain.Transfers.Count == 0)
        {
            return "undo nothing";
        }

        // Mostly one of the last: what they moved is still there.
        int back = Math.Min(random.Next(1, 4) * random.Next(1, 4), Plain.Transfers.Count);
        PlainTransfer undone = Plain.Transfers[^back];
        (string from, string to) = (undone.To, undone.From);
        UndoRequest request = new() { OperationId = NextId(), UndoneId = undone.OperationId };
        string what = $"{request.OperationId}: undo {undone.OperationId}, from '{from}' to '{to}'";
        List<Type> refusals = Refusals(
            from, to, undone.Images, undone.IsRename ? TransferTarget.New : TransferTarget.Any);
        foreach (PlainImage image in undone.Images)
        {
            PlainImage? there = Plain.Find(from, image.ImageId);
            if (there != image)
            {
                refusals.Add(there is null ? typeof(ImageNotFoundException) : typeof(ImageChangedException));
            }
        }

        return await MoveAsync(
            what, new PlainTransfer(request.OperationId, from, to, undone.Images, IsRename(from, to, undone.Images)),
            refusals, () => gallery.Identity(from).UndoAsync(request), undone);
    }

    public async Task<string> EraseAsync(Random random, bool whole)
    {
        string id = gallery.Any(random);
        IReadOnlyList<PlainImage> images = Plain[id];
        string? imageId = whole ? null
            : images.Count > 0 && random.Next(8) > 0 ? images[random.Next(images.Count)].ImageId
            : "never";
        PlainImage[] erased = [.. images.Where(image => whole || image.ImageId == imageId)];
        EraseRequest request = new() { OperationId = NextId(), ImageId = imageId };
        string what = $"{request.OperationId}: erase {imageId ?? "all"} of '{id}'";
        Type[] refusals = erased.Length > 0 ? []
            : whole ? [typeof(IdentityNotFoundException)]
            : [typeof(ImageNotFoundException)];
        string before = Plain.HashOf(id);
        int count = images.Count;

        Answer<ErasureReceipt> answer = await Answer.AskAsync(what, () => gallery.Identity(id).EraseAsync(request));
        if (answer.Judge(what, refusals))
        {
            ErasureReceipt receipt = answer.Value!;
            Plain.Remove(id, erased);
            Plain.Erased.UnionWith(erased.Select(image => image.Content));
            Answer.Same(what, erased.Length, (int)receipt.ImagesErased);
            SameSide(what, receipt.Identity, (id, before, count));
            _done.Add(new Done(
                request.OperationId, async () => await gallery.Identity(id).EraseAsync(request), receipt));
        }

        return what;
    }

    public async Task<string> SendAgainAsync(Random random)
    {
        if (_done.Count == 0)
        {
            return "send nothing again";
        }

        Done done = _done[random.Next(_done.Count)];
        string what = $"send {done.OperationId} again";
        Answer<object> answer = await Answer.AskAsync(what, done.Send);
        answer.Judge(what);
        Answer.Same(what, done.Receipt, answer.Value!);
        return what;
    }

    public async Task<string> SendOtherAsync(Random random)
    {
        if (_done.Count == 0)
        {
            return "send nothing else";
        }

        Done done = _done[random.Next(_done.Count)];
        string id = gallery.Any(random);
        string what = $"erase an image of '{id}' as {done.OperationId}";
        Answer<ErasureReceipt> answer = await Answer.AskAsync(what, () => gallery.Identity(id).EraseAsync(
            new EraseRequest { OperationId = done.OperationId, ImageId = "another" }));
        answer.Judge(what, typeof(OperationConflictException));
        return what;
    }

    private async Task<string> MoveAsync(
        string what, PlainTransfer transfer, List<Type> refusals, Func<Task<OperationReceipt>> send,
        PlainTransfer? undone = null)
    {
        (string from, string to) = (transfer.From, transfer.To);
        var before = (From: (from, Plain.HashOf(from), Plain[from].Count), To: (to, Plain.HashOf(to), Plain[to].Count));
        Answer<OperationReceipt> answer = await Answer.AskAsync(what, send);
        if (answer.Judge(what, refusals))
        {
            OperationReceipt receipt = answer.Value!;
            Plain.Transfers.Add(Plain.Move(transfer with { IsUnchanged = IsUnchanged(receipt, undone) }, undone));
            await SeeAsync(what, undone);
            Answer.Same(what, transfer.Images.Count, (int)receipt.ImagesMoved);
            SameSide($"{what}: who gave", receipt.Source, before.From);
            SameSide($"{what}: who got", receipt.Target, before.To);
            _done.Add(new Done(transfer.OperationId, async () => await send(), receipt));
        }

        return what;
    }

    private bool IsUnchanged(OperationReceipt receipt, PlainTransfer? undone) =>
        _done.Find(done => done.OperationId == undone?.OperationId)?.Receipt is OperationReceipt before
        && before.Target.After.Version == receipt.Source.Before.Version;

    // What is provisional again was seen when that was undone.
    private async Task SeeAsync(string what, PlainTransfer? undone)
    {
        if (undone is null || (undone.Ended ?? undone.Cleared) is null)
        {
            return;
        }

        foreach (string id in (string[])[undone.From, undone.To])
        {
            if (Plain.Attributes(id).ContainsKey(ReservedAttributes.Seen))
            {
                Answer<IdentitySnapshot> now = await Answer.AskAsync(what, () => gallery.Identity(id).GetAsync(false));
                Plain.Attributes(id)[ReservedAttributes.Seen] =
                    now.Value!.Attributes.GetValueOrDefault(ReservedAttributes.Seen, string.Empty);
            }
        }
    }

    private bool IsRename(string from, string to, IReadOnlyList<PlainImage> images) =>
        Plain[from].Count == images.Count && Plain[to].Count == 0;

    private List<Type> Refusals(string from, string to, IReadOnlyList<PlainImage> images, TransferTarget target)
    {
        List<Type> refusals = [];
        if (from == to)
        {
            refusals.Add(typeof(InvalidRequestException));
        }

        if (Plain[from].Count == 0 || (target == TransferTarget.Existing && Plain[to].Count == 0))
        {
            refusals.Add(typeof(IdentityNotFoundException));
        }

        if (target == TransferTarget.New && Plain[to].Count > 0)
        {
            refusals.Add(typeof(IdentityExistsException));
        }

        if (images.Any(image => Plain.Find(to, image.ImageId) is not null))
        {
            refusals.Add(typeof(ImageExistsException));
        }

        return refusals;
    }

    private void SameSide(string what, OperationSide side, (string Id, string Hash, int Count) before) => Answer.Same(
        what,
        (before, Plain.HashOf(before.Id), Plain[before.Id].Count),
        ((side.IdentityId, side.Before.Hash, (int)side.Before.Count), side.After.Hash, (int)side.After.Count));

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"o{++_next}");

    private sealed record Done(string OperationId, Func<Task<object>> Send, object Receipt);
}
