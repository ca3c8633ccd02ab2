using System.Text;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Abstractions;

/// <summary>The rules for attributes: at most 32 keys of 1 to 64 characters, by the rules of <see cref="IdRules"/>;
/// texts of 0 to 256 characters without control characters; together at most 4,096 UTF-8 bytes. Characters are UTF-16
/// code units.</summary>
public static class AttributeRules
{
    /// <summary>The most keys of an identity.</summary>
    public const int MaxKeys = 32;

    /// <summary>The longest key in characters.</summary>
    public const int MaxKeyLength = 64;

    /// <summary>The longest text in characters.</summary>
    public const int MaxValueLength = 256;

    /// <summary>The most UTF-8 bytes of an identity's keys and texts.</summary>
    public const int MaxBytes = 4096;

    /// <summary>The most keys of one change: as many as an identity may have go, and as many come.</summary>
    public const int MaxChanges = 2 * MaxKeys;

    /// <summary>How many UTF-8 bytes keys and texts are.</summary>
    /// <param name="pairs">The keys with their texts; a text that is null has none.</param>
    public static long BytesOf(IEnumerable<KeyValuePair<string, string?>> pairs) => pairs.Sum(
        pair => (long)Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value ?? string.Empty));

    /// <summary>Refuses a change of too many keys, before any of them is looked at.</summary>
    /// <param name="keys">How many it names.</param>
    /// <exception cref="InvalidRequestException">They are too many.</exception>
    public static void RequireFewChanges(int keys)
    {
        if (keys > MaxChanges)
        {
            throw new InvalidRequestException(
                $"The change names {keys} attributes; at most {MaxChanges} are possible: an identity may have "
                + $"{MaxKeys}.");
        }
    }

    /// <summary>Refuses a key that breaks the rules.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The key.</returns>
    /// <exception cref="InvalidIdException">It breaks one.</exception>
    public static string RequireKey(string? key)
    {
        IdRules.Require("attribute key", key);
        return key!.Length <= MaxKeyLength
            ? key
            : throw new InvalidIdException(
                $"The attribute key '{key}' has {key.Length} characters; at most {MaxKeyLength} are possible.");
    }

    /// <summary>Refuses a key that a caller may not write.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The key.</returns>
    /// <exception cref="InvalidIdException">It breaks a rule, or is one of <see cref="ReservedAttributes"/>.
    /// </exception>
    public static string RequireOwnKey(string? key) => ReservedAttributes.Have(RequireKey(key))
        ? throw new InvalidIdException(
            $"The attribute key '{key}' begins with '{ReservedAttributes.Prefix}', which only the service writes; "
            + "choose another key.")
        : key!;

    /// <summary>Refuses a text that breaks the rules.</summary>
    /// <param name="key">Its key, for the message.</param>
    /// <param name="value">The text.</param>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidRequestException">It breaks one.</exception>
    public static string RequireValue(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length > MaxValueLength)
        {
            throw new InvalidRequestException(
                $"The attribute '{key}' has {value.Length} characters; at most {MaxValueLength} are possible.");
        }

        foreach (Rune rune in value.EnumerateRunes())
        {
            if (IdRules.FindFault(rune, value) is { } fault)
            {
                throw new InvalidRequestException($"The attribute '{key}' {fault}");
            }
        }

        return value;
    }

    /// <summary>Refuses more attributes than an identity may have.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="attributes">What it would have.</param>
    /// <returns>The attributes.</returns>
    /// <exception cref="InvalidRequestException">They are too many, or too large.</exception>
    public static AttributeSet RequireRoom(string identityId, AttributeSet attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (attributes.Count > MaxKeys)
        {
            throw new InvalidRequestException(
                $"Identity '{identityId}' would have {attributes.Count} attributes; at most {MaxKeys} are possible: "
                + "remove some first.");
        }

        long bytes = BytesOf(attributes.Pairs!);
        return bytes <= MaxBytes
            ? attributes
            : throw new InvalidRequestException(
                $"The attributes of identity '{identityId}' would take {bytes} UTF-8 bytes; at most {MaxBytes} are "
                + "possible: remove or shorten some first.");
    }
}
