using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>The pairs of a gallery that a person has called different.</summary>
internal sealed class DismissedPairs(IGalleryStore store, Gallery gallery)
{
    /// <summary>The most that are remembered: they are read with the gallery's settings.</summary>
    public const int Most = 2_000;

    /// <summary>Those of identities that are not there any more, once there is no room.</summary>
    /// <param name="dismissed">All of them.</param>
    public async Task<IReadOnlyCollection<StoredPair>> FindGoneAsync(IReadOnlyList<StoredPair> dismissed)
    {
        if (dismissed.Count < Most)
        {
            return [];
        }

        HashSet<string> missing = [.. dismissed.SelectMany(pair => new[] { pair.One, pair.Other })];
        await foreach (IdentityListing identity in store.WalkIdentitiesAsync(gallery.Number, CancellationToken.None))
        {
            missing.Remove(identity.IdentityId);
        }

        return [.. dismissed.Where(pair => missing.Contains(pair.One) || missing.Contains(pair.Other))];
    }

    /// <summary>Puts a pair aside.</summary>
    /// <param name="settings">The settings that it is put into.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="gone">Those that make room for it.</param>
    /// <exception cref="InvalidRequestException">There are too many.</exception>
    public static StoredSettings Add(StoredSettings settings, IdentityPair pair, IReadOnlyCollection<StoredPair> gone)
    {
        StoredPair[] others = [.. (settings.Dismissed ?? []).Where(known => known.Pair != pair).Except(gone)];
        return others.Length >= Most
            ? throw new InvalidRequestException(
                $"{others.Length} pairs are put aside in this gallery, as many as are remembered; take some back.")
            : settings with
            {
                Dismissed = [.. others, StoredPair.Of(new PairScore(pair, 0))],
                Suggestions = settings.Suggestions?.Without(new HashSet<IdentityPair> { pair }),
            };
    }

    /// <summary>Forgets an identity that was erased: its id is in no pair any more.</summary>
    /// <param name="settings">The settings of its gallery.</param>
    /// <param name="identityId">The identity.</param>
    public static StoredSettings Forget(StoredSettings settings, string identityId)
    {
        bool IsGone(string id) => id == identityId;
        bool isNamed = (settings.Dismissed ?? []).Concat(settings.Suggestions?.Pairs ?? [])
            .Append(settings.Suggestions?.Bound).Any(pair => pair?.IsOf(IsGone) == true);
        return !isNamed ? settings : settings with
        {
            Dismissed = settings.Dismissed?.Where(pair => !pair.IsOf(IsGone)).ToArray(),
            Suggestions = settings.Suggestions?.Without(IsGone),
        };
    }

    /// <summary>Takes that back.</summary>
    /// <param name="settings">The settings that it stands in.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="score">Its score now; null: none.</param>
    public static StoredSettings Remove(StoredSettings settings, IdentityPair pair, double? score)
    {
        if (settings.Dismissed?.Any(known => known.Pair == pair) != true)
        {
            return settings;
        }

        bool isNear = score is not null && settings.Suggestions is { } found && score >= (found.MinScore ?? -1);
        return settings with
        {
            Dismissed = [.. settings.Dismissed.Where(known => known.Pair != pair)],
            Suggestions = isNear
                ? settings.Suggestions!.With(new PairScore(pair, score!.Value))
                : settings.Suggestions,
        };
    }
}
