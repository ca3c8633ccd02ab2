using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansGallery.Server;
using OrleansGallery.Storage;

namespace OrleansGallery.Cli;

/// <summary>
/// The database of a cluster, from the command line or from the variable that <c>serve</c> reads too. The variable is
/// no default value of the option: help would print it with its password.
/// </summary>
internal sealed class DatabaseOption : Option<string?>
{
    public const string Variable =
        $"{GalleryHost.EnvironmentPrefix}{ClusterMemberOptions.Section}__{nameof(ClusterMemberOptions.Database)}";

    public DatabaseOption()
        : base("--database")
    {
        Description = "The database, as a connection string: Host=db;Database=gallery;Username=gallery. Passwords "
            + $"are better in the environment variable {Variable}.";
        HelpName = "CONNECTION";
    }

    /// <summary>The checked connection string.</summary>
    public string Of(ParseResult arguments) => Choose(arguments.GetValue(this)) ?? string.Empty;

    /// <summary>Refuses a command without a database.</summary>
    public void Require(CommandResult result)
    {
        if (Choose(result.GetValue(this)) is not { Length: > 0 })
        {
            result.AddError($"Name the database: {Name}, or the environment variable {Variable}.");
        }

        Check(result);
    }

    /// <summary>Refuses what is no connection string; a command that can do without a database may have none.</summary>
    public void Check(CommandResult result)
    {
        if (Choose(result.GetValue(this)) is { Length: > 0 } text && ClusterDatabase.FaultOf(text) is { } fault)
        {
            result.AddError($"{Name} ({Variable}) is no connection string: {fault}");
        }
    }

    private static string? Choose(string? given) => given ?? Environment.GetEnvironmentVariable(Variable);
}
