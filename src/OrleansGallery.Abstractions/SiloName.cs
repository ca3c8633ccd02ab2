using System.Diagnostics.CodeAnalysis;

namespace OrleansGallery.Abstractions;

/// <summary>
/// What a silo is called in the cluster's membership: its plain name and its roles, <c>name@gallery+embedding</c>. So
/// whoever knows a silo's address knows its roles too, from the same snapshot.
/// </summary>
public sealed class SiloName
{
    /// <summary>The most characters of a plain name.</summary>
    public const int MaxLength = 100;

    private const char NameEnd = '@';
    private const char RoleEnd = '+';

    /// <summary>Joins a name and roles.</summary>
    /// <param name="name">The plain name: 1 to 100 ASCII letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="roles">At least one; letters only.</param>
    /// <exception cref="ArgumentException">One of them is no such text.</exception>
    public SiloName(string name, IEnumerable<string> roles)
    {
        Roles = [.. roles];
        Name = name;
        if (!IsName(name))
        {
            throw new ArgumentException($"'{name}' is no silo's name: it has {NameRule}.", nameof(name));
        }

        if (Roles.Count == 0 || !Roles.All(IsRole))
        {
            throw new ArgumentException(
                $"'{string.Join(RoleEnd, Roles)}' are no silo's roles: one or more words of letters.", nameof(roles));
        }
    }

    /// <summary>What a plain name consists of, for messages.</summary>
    public static string NameRule => $"1 to {MaxLength} letters (A-Z, a-z), digits, '-', '_' or '.'";

    /// <summary>The plain name; a silo that starts again has the same one.</summary>
    public string Name { get; }

    /// <summary>Its roles; a newer program's silo may have some that are not in <see cref="SiloRoles.All"/>.</summary>
    public IReadOnlyList<string> Roles { get; }

    /// <summary>Whether a text can be a plain name.</summary>
    /// <param name="name">The text.</param>
    /// <returns>False also for null and for nothing.</returns>
    public static bool IsName([NotNullWhen(true)] string? name) => name is { Length: > 0 and <= MaxLength }
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The name in the membership.</param>
    /// <returns>Its parts.</returns>
    /// <exception cref="FormatException">The silo is none of ours.</exception>
    public static SiloName Parse(string text) => TryParse(text, out SiloName? parsed)
        ? parsed
        : throw new FormatException($"'{text}' is no silo's name of the form name@role+role.");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The name in the membership.</param>
    /// <param name="parsed">Its parts.</param>
    /// <returns>False where the silo is none of ours.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SiloName? parsed)
    {
        parsed = null;
        if (text?.Split(NameEnd) is [var name, var rest] && IsName(name) && rest.Split(RoleEnd) is var roles
            && Array.TrueForAll(roles, IsRole))
        {
            parsed = new SiloName(name, roles);
        }

        return parsed is not null;
    }

    /// <summary>Whether the silo has a role.</summary>
    /// <param name="role">One of <see cref="SiloRoles"/>.</param>
    /// <returns>True where it has.</returns>
    public bool Has(string role) => Roles.Contains(role, StringComparer.Ordinal);

    /// <inheritdoc />
    public override string ToString() => $"{Name}{NameEnd}{string.Join(RoleEnd, Roles)}";

    private static bool IsRole(string role) => role.Length > 0 && role.All(char.IsAsciiLetter);
}
