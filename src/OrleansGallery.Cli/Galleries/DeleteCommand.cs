using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery delete</c>: an image, an identity, or, if it is meant, a whole gallery.</summary>
internal sealed class DeleteCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string?> _identity = new("IDENTITY")
    {
        Description = "The identity to delete with all its images.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string?> _image = new("IMAGE")
    {
        Description = "Only this image of the identity, by id.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Delete the gallery with all it holds." };

    private readonly Option<string?> _ifMatch = new("--if-match")
    {
        Description = "Delete the identity only while it is as it was read: the etag that `show --json` prints.",
        HelpName = "ETAG",
    };

    public DeleteCommand()
        : base("delete", "Delete an identity, one of its images, or a whole gallery, and print the receipt.")
    {
        Add(_gallery);
        Add(_identity);
        Add(_image);
        Add(_all);
        Add(_ifMatch);
        Validators.Add(result =>
        {
            if (result.GetValue(_identity) is null != result.GetValue(_all))
            {
                result.AddError("Give either an IDENTITY, or --all to delete the whole gallery.");
            }

            if (result.GetValue(_ifMatch) is not null
                && (result.GetValue(_identity) is null || result.GetValue(_image) is not null))
            {
                result.AddError("--if-match is for a whole IDENTITY.");
            }
        });
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string gallery = arguments.GetRequiredValue(_gallery);
        if (arguments.GetValue(_identity) is not { } identity)
        {
            GalleryResponse deleted = await client.DeleteGalleryAsync(gallery, cancellationToken);
            Write(
                output,
                deleted,
                ("gallery", deleted.Name),
                ("identities removed", Figures.Count(deleted.Identities)),
                ("images removed", Figures.Count(deleted.Images)),
                ("root hash", deleted.RootHash));
            return CommandLine.Done;
        }

        DeletionReceipt receipt = arguments.GetValue(_image) is { } image
            ? await client.DeleteImageAsync(gallery, identity, image, cancellationToken)
            : arguments.GetValue(_ifMatch) is { } etag
                ? await client.DeleteIdentityAsync(gallery, identity, etag, cancellationToken)
                : await client.DeleteIdentityAsync(gallery, identity, cancellationToken);
        Write(
            output,
            receipt,
            ("identity", receipt.Identity),
            ("images removed", Figures.Count(receipt.ImagesRemoved)),
            ("identity hash", receipt.IdentityHash),
            ("partition", $"{receipt.Partition.Number}, epoch {receipt.Partition.Epoch}, "
                + $"sequence {receipt.Partition.Sequence}"),
            ("hash before", receipt.Partition.HashBefore),
            ("hash after", receipt.Partition.HashAfter));
        return CommandLine.Done;
    }

    private static void Write(CommandOutput output, object receipt, params (string Name, string? Value)[] fields)
    {
        if (output.IsJson)
        {
            output.WriteJson(receipt);
        }
        else
        {
            output.WriteFields(fields);
        }
    }
}
