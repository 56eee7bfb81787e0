package com.peerllm.host.storage;

import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** What the person means to sell. */
public final class ListingTable {
    private final Jdbi jdbi;

    ListingTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The one changed last first. */
    public List<ListingRow> all() {
        return jdbi.withHandle(h -> h.createQuery("select * from listings order by changed_at_millis desc, id")
                .map(ListingTable::row)
                .list());
    }

    /** In place of the one with its id. */
    public void put(ListingRow row) {
        jdbi.useHandle(h -> h.createUpdate("""
                        merge into listings
                            (id, kind, path, files, size_bytes, title, description, licence, price, royalty_points,
                             changed_at_millis)
                        key (id)
                        values (:id, :kind, :path, :files, :size, :title, :description, :licence, :price, :royalty, :at)""")
                .bind("id", row.id())
                .bind("kind", row.kind())
                .bind("path", row.path().toString())
                .bind("files", row.files())
                .bind("size", row.sizeBytes())
                .bind("title", row.title())
                .bind("description", row.description())
                .bind("licence", row.licence())
                .bind("price", row.price().nanoDollars())
                .bind("royalty", row.royaltyPoints())
                .bind("at", row.changedAt().toEpochMilli())
                .execute());
    }

    public void delete(String id) {
        jdbi.useHandle(h -> h.createUpdate("delete from listings where id = :id")
                .bind("id", id)
                .execute());
    }

    private static ListingRow row(ResultSet row, StatementContext context) throws SQLException {
        return new ListingRow(
                row.getString("id"),
                row.getString("kind"),
                Path.of(row.getString("path")),
                row.getLong("files"),
                row.getLong("size_bytes"),
                row.getString("title"),
                row.getString("description"),
                row.getString("licence"),
                new Credits(row.getLong("price")),
                row.getInt("royalty_points"),
                Instant.ofEpochMilli(row.getLong("changed_at_millis")));
    }
}
