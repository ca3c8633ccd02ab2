using Orleans.Configuration;

namespace OrleansGallery.Grains;

/// <summary>
/// How soon a cluster notices what happened to a silo. These values belong together: a silo that was killed is declared
/// dead in 3 to 6 seconds, one that is paused in less than 10, and after all were killed at once the first to start
/// waits 10 seconds for the heartbeats of the dead to go stale. Orleans' own take 9, 20 and 90 seconds.
/// </summary>
internal static class MembershipTiming
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    private const int MissedHeartbeats = 2;

    /// <summary>A silo whose heartbeat is older than this does not live.</summary>
    public static TimeSpan HeartbeatsGoStale => Heartbeat * MissedHeartbeats;

    /// <summary>Sets a silo's.</summary>
    public static void Apply(ClusterMembershipOptions options)
    {
        // A silo asks each of its neighbours once a second. Orleans adapts the wait to how fast they answered, between
        // these bounds; the upper one also says how long a message that came in suppresses a vote (three of them).
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.MinProbeTimeout = TimeSpan.FromMilliseconds(500);
        options.MaxProbeTimeout = TimeSpan.FromSeconds(2);

        // Three missed answers are one vote, two votes (of two silos; one where there are only two) are death.
        options.NumMissedProbesLimit = 3;
        options.NumVotesForDeathDeclaration = 2;

        // A silo that joins takes an active row for alive until its heartbeat is two periods old. The third period of
        // Orleans' default would use up what a restart of all may take.
        options.IAmAliveTablePublishTimeout = Heartbeat;
        options.NumMissedTableIAmAliveLimit = MissedHeartbeats;

        // Changes are told at once; this catches up on what was lost on the way, and looks for stale rows.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
    }

    /// <summary>Sets a client's: how soon it hears of new gateways and stops asking dead ones.</summary>
    public static void Apply(GatewayOptions options) => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(3);
}
