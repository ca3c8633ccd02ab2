namespace OrleansGallery.Server;

/// <summary>How a value of the settings is written.</summary>
internal enum SettingsKind
{
    /// <summary>Plain text, as variables and command lines have it: it may stand for any type.</summary>
    Text,

    /// <summary>A JSON string.</summary>
    String,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>JSON's true or false.</summary>
    Boolean,

    /// <summary>JSON's null.</summary>
    Null,

    /// <summary>A JSON object: a section.</summary>
    Object,

    /// <summary>A JSON array, which no setting is.</summary>
    Array,
}
