using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>The options of every command that looks through a folder of images.</summary>
internal sealed class FolderChoice
{
    private readonly Option<bool> _followLinks = new("--follow-links")
    {
        Description = "Follow links to folders too; a file that is reached twice is taken once.",
    };

    private readonly Option<string[]> _include = new("--include")
    {
        Description =
            "Take only files that match a glob (* within a name, ** over folders; without a slash: the name of a file "
            + "or folder anywhere), also in a hidden or service folder that it names. May be given several times.",
        HelpName = "GLOB",
    };

    private readonly Option<string[]> _exclude = new("--exclude")
    {
        Description = "Leave out files that match a glob. May be given several times.",
        HelpName = "GLOB",
    };

    public Option[] Options => [_include, _exclude, _followLinks];

    /// <summary>Refuses the options where a command looks through no folder.</summary>
    public void Refuse(CommandResult result, string why)
    {
        foreach (Option option in Options.Where(option => result.GetResult(option) is { Implicit: false }))
        {
            result.AddError($"{option.Name} has no effect: {why}.");
        }
    }

    public FolderOptions Of(ParseResult arguments) => new()
    {
        FollowLinks = arguments.GetValue(_followLinks),
        Include = arguments.GetValue(_include) ?? [],
        Exclude = arguments.GetValue(_exclude) ?? [],
    };

    /// <summary>Says on standard error what of a folder is not taken.</summary>
    public static void Tell(ImageFolder folder, CommandOutput output)
    {
        foreach (string line in folder.DescribeLeftOut())
        {
            output.Error.WriteLine($"left out: {line}");
        }

        if (folder.EmptyIdentities.Count > 0)
        {
            output.Error.WriteLine($"without an image: {string.Join(", ", folder.EmptyIdentities)}");
        }

        if (folder.DescribePassedOver() is { } passedOver)
        {
            output.Error.WriteLine(passedOver);
        }
    }
}
