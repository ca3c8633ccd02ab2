using System.Globalization;
using System.Reflection;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// Holds one source of settings against the known sections: .NET's binding passes over what it does not know, so that
/// a limit with a slip in its name would silently be the default.
/// </summary>
internal sealed class SettingsCheck(IReadOnlyList<SettingsSection> sections)
{
    private readonly List<string> _failures = [];
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with the names, the shapes and the types of a source's values.</summary>
    public static IReadOnlyList<string> Failures(IEnumerable<SettingsValue> source)
    {
        SettingsCheck check = new(KnownSettings.Sections);
        foreach (SettingsValue value in source)
        {
            check.Add(value);
        }

        return check._failures;
    }

    private void Add(SettingsValue value)
    {
        if (!IsFree(value.Path) && !_seen.Add(string.Join(':', value.Path)))
        {
            _failures.Add($"{value.Place} is given twice (upper and lower case are one).");
        }
        else if (value.Path.Length == 1)
        {
            AddSection(value);
        }
        else if (!IsFree(value.Path))
        {
            AddKey(value);
        }
    }

    private void AddSection(SettingsValue value)
    {
        if (!IsFree(value.Path) && Find(value.Path[0]) is null)
        {
            _failures.Add(UnknownSection(value));
        }
        else if (value.Kind != SettingsKind.Object)
        {
            _failures.Add($"{value.Place} is {Words(value)}; a section, {{ ... }}, is expected.");
        }
    }

    private void AddKey(SettingsValue value)
    {
        if (Find(value.Path[0]) is not { } section)
        {
            // A file's unknown section was named by itself.
            if (value.Kind == SettingsKind.Text)
            {
                _failures.Add(UnknownSection(value));
            }

            return;
        }

        string[] keys = [.. KeysOf(section.Type).Select(key => key.Name)];
        PropertyInfo? property = KeysOf(section.Type).FirstOrDefault(
            key => key.Name.Equals(value.Path[1], StringComparison.OrdinalIgnoreCase));
        if (property is null)
        {
            _failures.Add($"{value.Place} is no setting of {section.Name}; {NearestName.Suggest(value.Path[1], keys)}");
        }
        else if (value.Path.Length > 2 || !Fits(value, TypeOf(property)))
        {
            _failures.Add($"{value.Place} is {Words(value)}; {Expected(TypeOf(property))} is expected.");
        }
    }

    private string UnknownSection(SettingsValue value) => $"{value.Place} is of no known section; "
        + NearestName.Suggest(value.Path[0], [.. sections.Select(section => section.Name), KnownSettings.FreeSection]);

    private SettingsSection? Find(string name) => sections.FirstOrDefault(
        section => section.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsFree(string[] path) =>
        path[0].Equals(KnownSettings.FreeSection, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<PropertyInfo> KeysOf(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod?.IsPublic == true);

    // What may be left open is written like the rest.
    private static Type TypeOf(PropertyInfo key) =>
        Nullable.GetUnderlyingType(key.PropertyType) ?? key.PropertyType;

    private static bool Fits(SettingsValue value, Type type)
    {
        bool text = value.Kind is SettingsKind.Text or SettingsKind.String;
        return type switch
        {
            _ when value.Kind is SettingsKind.Null or SettingsKind.Object or SettingsKind.Array => false,
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) =>
                (text || value.Kind == SettingsKind.Boolean) && value.Text is "true" or "false" or "True" or "False",
            // A bare number would be read as days.
            _ when type == typeof(TimeSpan) => text && value.Text.Contains(':', StringComparison.Ordinal)
                && TimeSpan.TryParse(value.Text, CultureInfo.InvariantCulture, out _),
            _ when type == typeof(int) => value.Kind != SettingsKind.Boolean
                && PlainNumber.TryParse(value.Text, out int _),
            _ when type == typeof(long) => value.Kind != SettingsKind.Boolean
                && PlainNumber.TryParse(value.Text, out long _),
            _ when type == typeof(double) => value.Kind != SettingsKind.Boolean
                && PlainNumber.TryParse(value.Text, out double _),
            _ => throw new InvalidOperationException($"No rule for settings of type {type.Name}."),
        };
    }

    private static string Words(SettingsValue value) => value.Kind switch
    {
        SettingsKind.Array => "an array",
        SettingsKind.Object => "an object",
        SettingsKind.Null => "null",
        SettingsKind.Text or SettingsKind.String => $"'{value.Text}'",
        _ => value.Text,
    };

    private static string Expected(Type type) => type switch
    {
        _ when type == typeof(string) => "a text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a time of the form \"00:00:02.5\" (hours:minutes:seconds)",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(int) => $"a whole number up to {int.MaxValue}",
        _ => "a whole number",
    };
}
