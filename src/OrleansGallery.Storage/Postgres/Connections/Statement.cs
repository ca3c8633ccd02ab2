using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>A statement with the values of its parameters <c>$1</c>, <c>$2</c> …</summary>
/// <param name="Text">The statement.</param>
/// <param name="Values">The values.</param>
internal readonly record struct Statement(string Text, params object[] Values)
{
    /// <summary>For a batch.</summary>
    /// <returns>The command.</returns>
    public NpgsqlBatchCommand ToBatchCommand()
    {
        NpgsqlBatchCommand command = new(Text);
        AddTo(command.Parameters);
        return command;
    }

    /// <summary>Adds the parameters in the order of their numbers.</summary>
    /// <param name="parameters">A command's.</param>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (object value in Values)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
        }
    }
}
