package com.peerllm.host.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** For how long this host computed for the network, by day (UTC); a day before the first one here was not measured. */
public final class ComputingTable {
    private final Jdbi jdbi;

    ComputingTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    private record Row(LocalDate day, Duration time) {}

    /** Adds time to days. */
    public void add(Map<LocalDate, Duration> more) {
        jdbi.useTransaction(h -> more.forEach((day, time) -> h.createUpdate("""
                        merge into computing_days (computed_on, millis) key (computed_on)
                        values (:day, :millis + coalesce(
                            (select millis from computing_days where computed_on = :day), 0))""")
                .bind("day", day)
                .bind("millis", time.toMillis())
                .execute()));
    }

    /** The oldest day first. */
    public SortedMap<LocalDate, Duration> days() {
        SortedMap<LocalDate, Duration> days = new TreeMap<>();
        jdbi.withHandle(h -> h.createQuery("select * from computing_days")
                        .map(ComputingTable::row)
                        .list())
                .forEach(row -> days.put(row.day(), row.time()));
        return days;
    }

    private static Row row(ResultSet row, StatementContext context) throws SQLException {
        return new Row(row.getObject("computed_on", LocalDate.class), Duration.ofMillis(row.getLong("millis")));
    }
}
