using System.Globalization;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Simulation;

/// <summary>Steps that change one identity.</summary>
/// <param name="gallery">Where.</param>
internal sealed class SimulatedChanges(SimulatedGallery gallery)
{
    private const int ImageIds = 40;

    public async Task<string> EnrolAsync(Random random)
    {
        string id = random.Next(3) == 0
            ? SimulatedGallery.AllIds[random.Next(SimulatedGallery.AllIds.Count)] : gallery.Any(random);
        string imageId = string.Create(CultureInfo.InvariantCulture, $"i{random.Next(ImageIds)}");
        PlainImage? there = gallery.Plain.Find(id, imageId);
        PlainImage image = there is not null && random.Next(2) == 0
            ? there : new PlainImage(imageId, random.Next(PlainImage.Contents));
        string what = $"enrol {imageId} with content {image.Content} into '{id}'";

        Answer<EnrolReceipt> answer = await Answer.AskAsync(
            what, () => gallery.Identity(id).EnrolAsync(image.ToEnrol()));

        bool isRefused = there is null && gallery.Plain.Erased.Contains(image.Content);
        if (!answer.Judge(what, isRefused ? [typeof(ImageErasedException)] : []))
        {
            return what;
        }

        EnrolOutcome expected;
        if (there is not null)
        {
            expected = there.Content == image.Content ? EnrolOutcome.Duplicate : EnrolOutcome.Conflict;
        }
        else
        {
            gallery.Plain.Add(id, image);
            gallery.Plain.Confirm(id);
            expected = answer is { IsRepeated: true, Value.Outcome: EnrolOutcome.Duplicate } ? EnrolOutcome.Duplicate
                : gallery.Plain.HasDirection(id) ? EnrolOutcome.Searchable
                : EnrolOutcome.Stored;
        }

        Answer.Same(what, (expected, gallery.Plain[id].Count), (answer.Value!.Outcome, (int)answer.Value.Count));
        return what;
    }

    public async Task<string> RemoveAsync(Random random)
    {
        string id = gallery.Any(random);
        IReadOnlyList<PlainImage> images = gallery.Plain[id];
        string imageId = images.Count > 0 && random.Next(8) > 0
            ? images[random.Next(images.Count)].ImageId
            : string.Create(CultureInfo.InvariantCulture, $"i{random.Next(ImageIds)}");
        string what = $"remove {imageId} from '{id}'";
        PlainImage? there = gallery.Plain.Find(id, imageId);
        return await RemoveAsync<ImageNotFoundException>(
            what, id, there is null ? [] : [there], () => gallery.Identity(id).RemoveImageAsync(imageId));
    }

    public Task<string> DeleteAsync(Random random)
    {
        string id = gallery.Any(random);
        return RemoveAsync<IdentityNotFoundException>(
            $"delete '{id}'", id, [.. gallery.Plain[id]], () => gallery.Identity(id).DeleteAsync());
    }

    private async Task<string> RemoveAsync<TNotFound>(
        string what, string id, PlainImage[] removed, Func<Task<RemovalReceipt>> remove)
        where TNotFound : GalleryException
    {
        string hash = gallery.Plain.HashOf(id);
        Answer<RemovalReceipt> answer = await Answer.AskAsync(what, remove);
        // The first attempt may have been carried out.
        bool mayBeGone = removed.Length == 0 || answer is { IsRepeated: true, Refusal: TNotFound };
        if (answer.Judge(what, mayBeGone ? [typeof(TNotFound)] : []))
        {
            Answer.Same(what, (removed.Length, hash), ((int)answer.Value!.ImagesRemoved, answer.Value.IdentityHash));
        }

        if (removed.Length > 0)
        {
            gallery.Plain.Remove(id, removed);
        }

        return what;
    }
}
