-- The cluster's membership: one row per cluster with its version, one row per silo and start.
--
-- A version counts the changes of its silos. Both change in one statement or neither does: every change of a silo first
-- moves the version on, and only if that found the version it expected; what follows hangs on the row it returned.
-- Whatever changes both rows locks the silo before the version, so that two of them cannot wait for each other.

CREATE TABLE IF NOT EXISTS gallery_membership.clusters (
    cluster_id text COLLATE "C" PRIMARY KEY,
    version integer NOT NULL
);

CREATE TABLE IF NOT EXISTS gallery_membership.silos (
    cluster_id text COLLATE "C" NOT NULL REFERENCES gallery_membership.clusters ON DELETE CASCADE,
    address text COLLATE "C" NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    proxy_port integer NOT NULL,
    suspect_times text,
    start_time timestamptz NOT NULL,
    i_am_alive_time timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation)
);

-- What Orleans asks for, by name. It reads this view once per process and finds it by the connection's search path.
CREATE OR REPLACE VIEW gallery_membership.orleansquery (querykey, querytext) AS VALUES
('InsertMembershipVersionKey', $query$
    WITH added AS (
        INSERT INTO gallery_membership.clusters (cluster_id, version) VALUES (@DeploymentId, 0)
        ON CONFLICT DO NOTHING
        RETURNING 1)
    SELECT EXISTS (SELECT FROM added)
$query$),

-- A cluster that is not there reads as one without silos.
('MembershipReadAllKey', $query$
    SELECT coalesce(cluster.version, 0) AS Version, silo.address AS Address, silo.port AS Port,
        silo.generation AS Generation, silo.silo_name AS SiloName, silo.host_name AS HostName, silo.status AS Status,
        silo.proxy_port AS ProxyPort, silo.suspect_times AS SuspectTimes, silo.start_time AS StartTime,
        silo.i_am_alive_time AS IAmAliveTime
    FROM (VALUES (@DeploymentId)) AS asked (cluster_id)
    LEFT JOIN gallery_membership.clusters AS cluster USING (cluster_id)
    LEFT JOIN gallery_membership.silos AS silo USING (cluster_id)
$query$),

('MembershipReadRowKey', $query$
    SELECT coalesce(cluster.version, 0) AS Version, silo.address AS Address, silo.port AS Port,
        silo.generation AS Generation, silo.silo_name AS SiloName, silo.host_name AS HostName, silo.status AS Status,
        silo.proxy_port AS ProxyPort, silo.suspect_times AS SuspectTimes, silo.start_time AS StartTime,
        silo.i_am_alive_time AS IAmAliveTime
    FROM (VALUES (@DeploymentId)) AS asked (cluster_id)
    LEFT JOIN gallery_membership.clusters AS cluster USING (cluster_id)
    LEFT JOIN gallery_membership.silos AS silo ON silo.cluster_id = asked.cluster_id AND silo.address = @Address
        AND silo.port = @Port AND silo.generation = @Generation
$query$),

-- The silo is looked for before the version moves: ON CONFLICT DO NOTHING would come after that, too late.
('InsertMembershipKey', $query$
    WITH moved AS (
        UPDATE gallery_membership.clusters SET version = version + 1
        WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (
            SELECT FROM gallery_membership.silos
            WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING cluster_id),
    added AS (
        INSERT INTO gallery_membership.silos (cluster_id, address, port, generation, silo_name, host_name, status,
            proxy_port, start_time, i_am_alive_time)
        SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
            @IAmAliveTime
        FROM moved
        RETURNING 1)
    SELECT EXISTS (SELECT FROM added)
$query$),

-- Who votes on a silo writes the heartbeat that he has read; a later one of the silo's own stays. The lock keeps a row
-- that is seen from being cleaned away before it is written, which would leave a new version without a change.
('UpdateMembershipKey', $query$
    WITH silo AS MATERIALIZED (
        SELECT 1 FROM gallery_membership.silos
        WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
        FOR NO KEY UPDATE),
    moved AS (
        UPDATE gallery_membership.clusters SET version = version + 1
        WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (SELECT FROM silo)
        RETURNING cluster_id),
    changed AS (
        UPDATE gallery_membership.silos AS silo SET status = @Status, suspect_times = @SuspectTimes,
            i_am_alive_time = greatest(silo.i_am_alive_time, @IAmAliveTime)
        FROM moved
        WHERE silo.cluster_id = moved.cluster_id AND silo.address = @Address AND silo.port = @Port
            AND silo.generation = @Generation
        RETURNING 1)
    SELECT EXISTS (SELECT FROM changed)
$query$),

('UpdateIAmAlivetimeKey', $query$
    UPDATE gallery_membership.silos SET i_am_alive_time = @IAmAliveTime
    WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$query$),

-- Status 6 is dead. A silo's last sign is its start, its heartbeat or the last vote against it, whichever is latest;
-- votes are 'address,time|address,time'.
('CleanupDefunctSiloEntriesKey', $query$
    DELETE FROM gallery_membership.silos
    WHERE cluster_id = @DeploymentId AND status = 6 AND start_time < @IAmAliveTime
        AND i_am_alive_time < @IAmAliveTime AND NOT EXISTS (
            SELECT FROM unnest(string_to_array(suspect_times, '|')) AS vote
            WHERE split_part(vote, ',', 2)::timestamptz >= @IAmAliveTime)
$query$),

-- The silos go with their cluster, those too that are being added. It takes its locks the other way round, so that a
-- silo that votes meanwhile may get an error; nobody deletes a cluster that runs.
('DeleteMembershipTableEntriesKey', $query$
    DELETE FROM gallery_membership.clusters WHERE cluster_id = @DeploymentId
$query$),

('GatewaysQueryKey', $query$
    SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
    FROM gallery_membership.silos
    WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
$query$);
