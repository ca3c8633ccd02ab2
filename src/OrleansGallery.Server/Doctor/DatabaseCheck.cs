using System.Globalization;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>Whether the cluster's database answers, allows what is needed and has the tables of this program.</summary>
internal sealed class DatabaseCheck(DoctorSubject subject) : IDoctorCheck
{
    private const string Setting =
        $"{ClusterMemberOptions.Section}:{nameof(ClusterMemberOptions.Database)} (--database)";

    public string Name => "database";

    public async Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        ClusterDatabaseState state;
        try
        {
            state = await ClusterDatabase.ExamineAsync(subject.Cluster.Database, subject.Time, cancellationToken);
        }
        catch (ClusterDatabaseException exception)
        {
            report.Wrong(
                exception.Message, $"Look whether PostgreSQL runs and lets this process in; {Setting} says where.");
            return;
        }

        SayServer(report, state);
        SayConnections(report, state);
        SayTables(report, state);
        subject.HasMembership = state.Schemas.Count > 0 && state.Schemas.All(schema => schema.FindRefusal() is null);
        if (subject.HasMembership && subject.Has(SiloRoles.Gallery))
        {
            await ReadContentsAsync(cancellationToken);
        }
    }

    private static void SayServer(DoctorReport report, ClusterDatabaseState state)
    {
        string text = $"{state.Database} is PostgreSQL {state.Version}";
        if (state.IsStandby)
        {
            report.Wrong($"{text}, a standby, which takes no writes.", $"Name the primary: {Setting}.");
        }
        else
        {
            report.Ok($"{text}.");
        }

        string offset = state.ClockOffset.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        if (DatabaseClock.FindRefusal(state.ClockOffset) is { } refusal)
        {
            report.Wrong(refusal.Message, "Set the clocks of both machines (NTP).");
        }
        else
        {
            report.Ok($"This machine's clock is {offset} s ahead of its.");
        }
    }

    private void SayConnections(DoctorReport report, ClusterDatabaseState state)
    {
        int needed = MembershipConnections.MostConnections
            + (subject.Has(SiloRoles.Gallery) ? subject.Read<PostgresStoreOptions>().AllConnections : 0);
        string text = $"This process may have {needed} connections; of {state.MaxConnections} that there may be, "
            + $"{state.Connections} are in use.";
        string advice = $"Raise max_connections, or lower {PostgresStoreOptions.Section}:Max…Connections.";
        if (needed > state.MaxConnections)
        {
            report.Wrong(text, advice);
        }
        else if (needed > state.MaxConnections - state.Connections)
        {
            report.Warn(text, advice);
        }
        else
        {
            report.Ok(text);
        }
    }

    private void SayTables(DoctorReport report, ClusterDatabaseState state)
    {
        if (state.MissingRights is [var first, ..])
        {
            string more = state.MissingRights.Count > 1 ? $" and {state.MissingRights.Count - 1} more" : string.Empty;
            report.Wrong(
                $"The database's user lacks {first}{more}.",
                "Let its owner grant what is missing, or connect as the user who ran `gallery store init`.");
            return;
        }

        foreach (SchemaStatus schema in state.Schemas)
        {
            if (schema.FindRefusal() is { } refusal)
            {
                report.Wrong(
                    refusal.Message,
                    schema.Found > schema.Known
                        ? "Start the program that made it, or a newer one."
                        : "Run `gallery store init` with the same database.");
            }
            else
            {
                report.Ok($"The schema '{schema.Name}' has version {schema.Found}.");
            }
        }

        if (state.Cluster is { } owner && owner != subject.Cluster.Id)
        {
            report.Wrong(
                $"{state.Database}: {ClusterDatabase.OthersText(owner, subject.Cluster.Id)}.",
                $"Name the same cluster, or another database: {Setting}.");
        }
    }

    private async Task ReadContentsAsync(CancellationToken cancellationToken)
    {
        using PostgresGalleryStore store = new(subject.Cluster.Database, subject.Read<PostgresStoreOptions>());
        subject.Contents = new StoreContents(
            await store.ListGalleriesAsync(cancellationToken),
            await store.Keys.ListAsync(withRevoked: false, cancellationToken),
            await store.Models.ListAsync(cancellationToken));
    }
}
