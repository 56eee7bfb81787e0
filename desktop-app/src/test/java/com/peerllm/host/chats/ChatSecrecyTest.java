package com.peerllm.host.chats;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import com.peerllm.host.answering.Assistant;
import com.peerllm.host.kernel.HandAlarms;
import com.peerllm.host.storage.ChatMessageRow;
import com.peerllm.host.storage.HostDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What was said reaches no log and no exception, whatever breaks. */
class ChatSecrecyTest {
    private static final String SECRET = "the-swordfish-is-blue";

    @TempDir
    Path folder;

    @Test
    void noLogHoldsWhatWasSaid() {
        Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> all = new ListAppender<>();
        Level before = root.getLevel();
        List<Appender<ILoggingEvent>> usual = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(usual::add);
        usual.forEach(root::detachAppender);
        root.setLevel(Level.TRACE);
        all.start();
        root.addAppender(all);
        try {
            talkAndBreak();
        } finally {
            root.detachAppender(all);
            root.setLevel(before);
            usual.forEach(root::addAppender);
        }
        assertThat(all.list)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(
                                event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                        .doesNotContain(SECRET));
    }

    private void talkAndBreak() {
        try (OpenBook open = new OpenBook(folder.resolve("host"), Instant.EPOCH)) {
            Chat chat = open.answered(SECRET, "I know: " + SECRET);
            open.book.rename(chat.id(), SECRET);
            open.book.search(SECRET);
            // More than the column takes, as a defect of ours could write.
            open.book.pen().write(table -> table.put(tooLong(chat.id())));
            open.onDisk(chat.id());
            assertThat(open.book.trouble().get().orElse(""))
                    .contains("cannot be written")
                    .doesNotContain(SECRET);
            open.database.close();
            chat.ask(StagedAssistant.SPROUT.id(), SECRET);
            open.assistant.last().says(SECRET).fails("It failed.");
        }
        try (HostDatabase database = HostDatabase.open(folder.resolve("other"));
                ChatBook book = new ChatBook(
                        database.chats(),
                        new Throwing(),
                        () -> Instant.EPOCH,
                        new HandAlarms(),
                        Thread.ofPlatform().daemon().factory())) {
            Chat chat = book.begin("local/x");
            chat.ask("local/x", SECRET);
            assertThat(chat.state().get().turns().getLast().trouble().orElse(""))
                    .doesNotContain(SECRET);
            assertThat(List.of(chat.state().get().turns(), book.entries().get()).toString())
                    .doesNotContain(SECRET);
        }
    }

    private static ChatMessageRow tooLong(long chat) {
        return new ChatMessageRow(
                chat,
                0,
                "person",
                "whole",
                "",
                SECRET.repeat(20_000),
                "",
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0);
    }

    /** Breaks as no assistant should, with what it was asked in its message. */
    private static final class Throwing implements Assistant {
        @Override
        public List<Answerer> answerers() {
            return List.of();
        }

        @Override
        public boolean hasNetworkKey() {
            return false;
        }

        @Override
        public List<Answerer> readNetwork() {
            return List.of();
        }

        @Override
        public Optional<com.peerllm.shared.money.Credits> balance() {
            return Optional.empty();
        }

        @Override
        public Answering ask(Question question, Listener listener) {
            throw new IllegalStateException(question.messages().getFirst().content());
        }
    }
}
