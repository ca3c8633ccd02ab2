using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Whether there is a key to be used, and one to make others with.</summary>
internal sealed class KeysCheck(DoctorSubject subject) : IDoctorCheck
{
    private const string Make = "Make one on the store itself: `gallery keys create --role admin` with --data or "
        + "--database.";

    public string Name => "keys";

    public Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        if (subject.Contents is not { } contents)
        {
            // What is wrong with the store was said.
            return Task.CompletedTask;
        }

        DateTimeOffset now = subject.Time.GetUtcNow();
        KeyRole?[] roles =
        [
            .. contents.Keys.Where(key => !(key.ExpiresAt <= now)).Select(key => KeyRoles.Parse(key.Role)),
        ];
        if (roles.Length == 0)
        {
            report.Wrong("Keys are required, and the store has none that is good: nobody could do anything.", Make);
        }
        else if (!roles.Contains(KeyRole.Admin))
        {
            report.Warn($"Of the {roles.Length} keys that are good none has the role admin.", Make);
        }
        else
        {
            int admins = roles.Count(role => role == KeyRole.Admin);
            report.Ok($"Keys that are good: {roles.Length}, with the role admin: {admins}.");
        }

        return Task.CompletedTask;
    }
}
