namespace OrleansGallery.Inference.Checkpoints;

/// <summary>An object of a class that is not known here. It holds what the pickle gave it and does nothing.</summary>
internal sealed class PickleObject(string type, object? arguments)
{
    /// <summary>Stands for Python's <c>None</c> where a key is needed.</summary>
    public static PickleObject None { get; } = new("None", null);

    /// <summary>Module and name of the class.</summary>
    public string Type { get; } = type;

    /// <summary>What it was made from.</summary>
    public object? Arguments { get; } = arguments;

    /// <summary>What its <c>__setstate__</c> would have got.</summary>
    public object? State { get; set; }

    /// <summary>Its items where the class is a kind of dictionary, as yacs's is.</summary>
    public PickleDictionary Entries { get; } = new();

    /// <summary>Its items where the class is a kind of list.</summary>
    public List<object?> Elements { get; } = [];
}
