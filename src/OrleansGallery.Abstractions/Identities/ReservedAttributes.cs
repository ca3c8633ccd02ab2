namespace OrleansGallery.Abstractions;

/// <summary>Attributes that the service writes itself; callers may search by them and read them, not write
/// them.</summary>
public static class ReservedAttributes
{
    /// <summary>What their keys begin with.</summary>
    public const string Prefix = "gallery.";

    /// <summary>What an observed identity is; one without it is as if somebody had named it.</summary>
    public const string State = Prefix + "state";

    /// <summary>When an image of a provisional identity came last, as ISO 8601 in UTC.</summary>
    public const string Seen = Prefix + "seen";

    /// <summary>The observation that an identity comes from.</summary>
    public const string Observation = Prefix + "observation";

    /// <summary>The identity that it resembles without having been merged with it: a suggestion.</summary>
    public const string SimilarTo = Prefix + "similarTo";

    /// <summary>There while an identity was founded and has not been compared with those founded at the same time.
    /// </summary>
    public const string Unsettled = Prefix + "unsettled";

    /// <summary>The text of <see cref="Unsettled"/>.</summary>
    public const string Yes = "yes";

    /// <summary>The <see cref="State"/> of a stranger that was seen seldom.</summary>
    public const string Provisional = "provisional";

    /// <summary>The <see cref="State"/> of what could not be decided; no ordinary search finds it.</summary>
    public const string Ambiguous = "ambiguous";

    /// <summary>The filter that leaves out what could not be decided.</summary>
    public static AttributeMatch NotAmbiguous { get; } = new() { Key = State, Values = [Ambiguous], IsNot = true };

    /// <summary>The filter for identities that are to be settled.</summary>
    public static AttributeMatch IsUnsettled { get; } = new() { Key = Unsettled, Values = [Yes] };

    /// <summary>Whether a key is one of them.</summary>
    /// <param name="key">The key.</param>
    public static bool Have(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith(Prefix, StringComparison.Ordinal);
    }
}
