using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>An identity that was two: a proposal how to part its images, and the parting.</summary>
internal static class SplitEndpoints
{
    private const int NameDigits = 8;

    public static void Map(RouteGroupBuilder identities, Func<RouteHandlerBuilder, RouteHandlerBuilder> describe)
    {
        describe(identities.MapPost("/{identity}:split", SplitAsync))
            .WithName("splitIdentity").WithSummary("Makes some images of an identity a new one, in one step.")
            .Takes(OperationExamples.Split, RequestBodyDescription.Json)
            .Fails(
                ErrorCodes.IdentityNotFound, ErrorCodes.IdentityExists, ErrorCodes.ImageNotFound,
                ErrorCodes.OperationConflict);
        identities.MapGet("/{identity}/split", ProposeAsync).WithName("proposeSplit")
            .WithSummary("Parts an identity's images into two groups; nothing is written.")
            .Gives(OperationExamples.Proposal).Fails(ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound);
    }

    private static async Task<IResult> SplitAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains, TimeProvider time,
        CancellationToken aborted)
    {
        SplitIdentityRequest body = await JsonBody.ReadAsync<SplitIdentityRequest>(request);
        string operationId = OperationEndpoints.OperationIdOf(body.OperationId);
        return await OperationEndpoints.TransferAsync(gallery, identity, grains, time, new TransferRequest
        {
            OperationId = operationId,
            TargetId = body.To is null
                ? NameOf(identity, operationId)
                : IdRules.Require("identity id in the field to", body.To),
            ImageIds = OperationEndpoints.ImageIdsOf(body.ImageIds),
            Target = TransferTarget.New,
            IsSplit = true,
        }, aborted);
    }

    // The same when it is sent again. Of a long id the beginning alone has room.
    internal static string NameOf(string identity, string operationId)
    {
        string end = $"-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(operationId)))[..NameDigits]}";
        int length = 0;
        int bytes = end.Length;
        foreach (Rune rune in identity.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > IdRules.MaxBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return IdRules.Require("identity id", identity[..length] + end);
    }

    private static async Task<IResult> ProposeAsync(
        string gallery, string identity, IGrainFactory grains, CancellationToken aborted)
    {
        (_, IIdentityGrain grain) = await IdentityEndpoints.FindAsync(grains, gallery, identity, aborted);
        SplitProposal proposal = await grain.ProposeSplitAsync(aborted).WaitAsync(aborted);
        SplitGroupResponse[] groups = [Respond(proposal.Larger), Respond(proposal.Smaller)];
        return TypedResults.Ok(new SplitProposalResponse
        {
            Identity = identity,
            Version = proposal.Version,
            Count = groups.Sum(group => group.Count),
            Separation = proposal.Separation,
            Groups = groups,
        });
    }

    private static SplitGroupResponse Respond(SplitGroup group) => new()
    {
        Count = group.ImageIds.Count, Dispersion = group.Dispersion, ImageIds = group.ImageIds,
    };
}
