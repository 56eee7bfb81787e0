package com.peerllm.host.storage;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The chats of this computer's person.
 *
 * <p>What was said must reach no log: a failure is told without its cause, because the database quotes values in its
 * messages.
 */
public final class ChatTable {
    private final Jdbi jdbi;

    ChatTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Those that are not deleted. */
    public List<ChatRow> all() {
        return read(h -> h.createQuery("select * from chats where not deleted")
                .map(ChatTable::chat)
                .list());
    }

    /** Writes it in place of the row with its id. */
    public void put(ChatRow chat) {
        write(h -> h.createUpdate("""
                        merge into chats (id, title, favourite, model, instructions, changed_at_millis, deleted)
                        key (id) values (:id, :title, :favourite, :model, :instructions, :changed, false)""")
                .bind("id", chat.id())
                .bind("title", chat.title())
                .bind("favourite", chat.favourite())
                .bind("model", chat.model())
                .bind("instructions", chat.instructions())
                .bind("changed", chat.changedAtMillis())
                .execute());
    }

    /** Hides it, or takes that back. */
    public void hide(long id, boolean deleted) {
        write(h -> h.execute("update chats set deleted = ? where id = ?", deleted, id));
    }

    public void delete(long id) {
        write(h -> h.execute("delete from chats where id = ?", id));
    }

    /** Deletes for good what was hidden. */
    public void deleteHidden() {
        write(h -> h.execute("delete from chats where deleted"));
    }

    public void deleteAll() {
        write(h -> h.execute("delete from chats"));
    }

    /** In order; what an answer on its way had said so far included. */
    public List<ChatMessageRow> messages(long chat) {
        return read(h -> h
                .createQuery("select * from chat_messages where chat = :chat order by place")
                .bind("chat", chat)
                .map(ChatTable::message)
                .list()
                .stream()
                .map(message -> withPieces(h, message))
                .toList());
    }

    private static ChatMessageRow withPieces(Handle h, ChatMessageRow m) {
        List<String[]> pieces = h.createQuery(
                        "select text, thinking from chat_pieces where chat = :chat and place = :place order by number")
                .bind("chat", m.chat())
                .bind("place", m.place())
                .map((row, context) -> new String[] {row.getString("text"), row.getString("thinking")})
                .list();
        if (pieces.isEmpty()) return m;
        return new ChatMessageRow(
                m.chat(),
                m.place(),
                m.speaker(),
                m.state(),
                m.model(),
                m.text() + pieces.stream().map(p -> p[0]).collect(Collectors.joining()),
                m.thinking() + pieces.stream().map(p -> p[1]).collect(Collectors.joining()),
                m.trouble(),
                m.promptTokens(),
                m.completionTokens(),
                m.cost(),
                m.tookMillis(),
                m.atMillis());
    }

    /** Writes it in place of the message there, with what was added to that. Without effect when its chat is gone. */
    public void put(ChatMessageRow m) {
        write(h -> h.inTransaction(t -> {
            t.execute("delete from chat_messages where chat = ? and place = ?", m.chat(), m.place());
            return t.createUpdate("""
                            insert into chat_messages (chat, place, speaker, state, model, text, thinking, trouble,
                                prompt_tokens, completion_tokens, cost, took_millis, at_millis)
                            select id, :place, :speaker, :state, :model, :text, :thinking, :trouble,
                                :prompt, :completion, :cost, :took, :at from chats where id = :chat""")
                    .bind("chat", m.chat())
                    .bind("place", m.place())
                    .bind("speaker", m.speaker())
                    .bind("state", m.state())
                    .bind("model", m.model())
                    .bind("text", m.text())
                    .bind("thinking", m.thinking())
                    .bind("trouble", m.trouble().orElse(null))
                    .bind("prompt", boxed(m.promptTokens()))
                    .bind("completion", boxed(m.completionTokens()))
                    .bind("cost", boxed(m.cost()))
                    .bind("took", boxed(m.tookMillis()))
                    .bind("at", m.atMillis())
                    .execute();
        }));
    }

    /** Adds to what a message says. Without effect when the message is gone. */
    public void add(long chat, int place, int number, String text, String thinking) {
        write(h -> h.createUpdate("""
                        insert into chat_pieces (chat, place, number, text, thinking)
                        select chat, place, :number, :text, :thinking from chat_messages
                        where chat = :chat and place = :place""")
                .bind("chat", chat)
                .bind("place", place)
                .bind("number", number)
                .bind("text", text)
                .bind("thinking", thinking)
                .execute());
    }

    /** Deletes this message and all after it. */
    public void deleteFrom(long chat, int place) {
        write(h -> h.execute("delete from chat_messages where chat = ? and place >= ?", chat, place));
    }

    /** Chats that have these words in their title or in a message, capital letters aside. */
    public List<Long> having(String words) {
        return read(h -> h.createQuery("""
                        select id from chats where not deleted and (locate(:words, lower(title)) > 0 or exists (
                            select 1 from chat_messages where chat = id and locate(:words, lower(text)) > 0))""")
                .bind("words", words.toLowerCase(java.util.Locale.ROOT))
                .mapTo(Long.class)
                .list());
    }

    /** Whether chats are written down. */
    public boolean kept() {
        return read(h -> h.createQuery("select kept from chat_keeping")
                .mapTo(Boolean.class)
                .one());
    }

    public void keep(boolean kept) {
        write(h -> h.execute("update chat_keeping set kept = ?", kept));
    }

    private <T> T read(Function<Handle, T> query) {
        try {
            return jdbi.withHandle(query::apply);
        } catch (JdbiException e) {
            throw withoutWhatWasSaid("Your chats cannot be read", e);
        }
    }

    private void write(Function<Handle, Integer> update) {
        try {
            jdbi.withHandle(update::apply);
        } catch (JdbiException e) {
            throw withoutWhatWasSaid("Your chats cannot be written down", e);
        }
    }

    private static HostException withoutWhatWasSaid(String sentence, JdbiException failure) {
        Throwable cause = failure;
        while (!(cause instanceof SQLException) && cause.getCause() != null) cause = cause.getCause();
        String code = cause instanceof SQLException sql ? " (database error " + sql.getErrorCode() + ")" : "";
        return new HostException(
                Problem.DATA_FOLDER_BROKEN,
                sentence + code + ". Check the free space and the permissions of the data folder.");
    }

    private static Integer boxed(OptionalInt value) {
        return value.isPresent() ? (Integer) value.getAsInt() : null;
    }

    private static Long boxed(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }

    private static ChatRow chat(ResultSet row, StatementContext context) throws SQLException {
        return new ChatRow(
                row.getLong("id"),
                row.getString("title"),
                row.getBoolean("favourite"),
                row.getString("model"),
                row.getString("instructions"),
                row.getLong("changed_at_millis"));
    }

    private static ChatMessageRow message(ResultSet row, StatementContext context) throws SQLException {
        return new ChatMessageRow(
                row.getLong("chat"),
                row.getInt("place"),
                row.getString("speaker"),
                row.getString("state"),
                row.getString("model"),
                row.getString("text"),
                row.getString("thinking"),
                Optional.ofNullable(row.getString("trouble")),
                count(row, "prompt_tokens"),
                count(row, "completion_tokens"),
                amount(row, "cost"),
                amount(row, "took_millis"),
                row.getLong("at_millis"));
    }

    private static OptionalInt count(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static OptionalLong amount(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
