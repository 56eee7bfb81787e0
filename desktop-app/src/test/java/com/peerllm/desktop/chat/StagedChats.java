package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.chats.Chat;
import com.peerllm.host.chats.OpenBook;
import com.peerllm.host.chats.StagedAssistant;
import com.peerllm.host.chats.StagedAssistant.Asked;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;

/** Chats over a real database and a staged assistant, in the situations that a person meets. */
public final class StagedChats implements SavePlace, AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-11-23T14:20:00Z");
    static final String SPROUT = StagedAssistant.SPROUT.id();
    static final String QWEN = StagedAssistant.QWEN.id();

    public final OpenBook open;
    public final List<String> rooms = new ArrayList<>();
    public final List<String> namesOfFiles = new ArrayList<>();
    /** Where the next file goes; empty when the person wants none. */
    public Optional<Path> place = Optional.empty();

    public volatile ChatSource.Preparation preparation = ChatSource.Preparation.LOADED;

    /** What Chat can look like. */
    public enum Situation {
        EMPTY {
            @Override
            public void before(StagedChats chats) {
                chats.open.assistant.offline = Optional.of("No network is known yet. Enter its address in Home.");
            }
        },
        NO_MODEL {
            @Override
            public void before(StagedChats chats) {
                chats.open.assistant.local = List.of();
                chats.open.assistant.offline =
                        Optional.of("Nothing answers at ws://127.0.0.1:8080. Check the address, or try again later.");
            }
        },
        STREAMING {
            @Override
            public void before(StagedChats chats) {
                chats.hasHistory();
            }

            @Override
            public void after(StagedChats chats, Scene scene) {
                chats.write(scene, "#draft", "What is a merkle tree, and why does a ledger use one?");
                chats.press(scene, "#send");
                Asked asked = chats.open.assistant.last();
                asked.thinks("The person asks about Merkle trees. I should explain the hash of hashes first.");
                asked.says(STREAM);
            }
        },
        SEVERAL {
            @Override
            public void before(StagedChats chats) {
                chats.hasHistory();
            }

            @Override
            public void after(StagedChats chats, Scene scene) {
                chats.ask(QWEN, "Draft a polite reminder for an unpaid invoice").says("Subject: A friendly reminder");
                chats.ask(SPROUT, "Count the prime numbers below 100").says("There are ");
                chats.ask(QWEN, "Recipe for a lentil soup, for four people").says("You need 250 g of ");
                chats.openFirst(scene, "Why is the sky blue?");
            }
        },
        CODE {
            @Override
            public void before(StagedChats chats) {
                chats.hasHistory();
            }

            @Override
            public void after(StagedChats chats, Scene scene) {
                chats.openFirst(scene, "Sort a list in Java");
            }
        },
        TROUBLE {
            @Override
            public void before(StagedChats chats) {
                chats.open.assistant.balance = Optional.of(Credits.parseDollars("0.00"));
                chats.hasHistory();
                chats.ask(QWEN, "Plan a walk along the Rhine, three days, with a map")
                        .says("**Day 1.** From Bingen to Bacharach, 19 km, with the ferry at")
                        .fails("Your balance does not cover this answer. Add credits to your account, or choose a"
                                + " model of this computer.");
            }

            @Override
            public void after(StagedChats chats, Scene scene) {
                chats.openFirst(scene, "Translate a letter");
                chats.later(() -> {
                    chats.later(() -> chats.press(scene, "#delete"));
                    chats.later(() -> chats.openFirst(scene, "Plan a walk along the Rhine"));
                });
            }
        },
        LOADING {
            @Override
            public void before(StagedChats chats) {
                chats.hasHistory();
            }

            @Override
            public void after(StagedChats chats, Scene scene) {
                chats.preparation = new ChatSource.Preparation(false, Optional.of(Duration.ofSeconds(14)));
                chats.write(scene, "#draft", "Good morning! What can you do?");
                chats.press(scene, "#send");
                chats.open.now = chats.open.now.plusSeconds(6);
            }
        },
        MORE {
            @Override
            public void before(StagedChats chats) {
                chats.hasHistory();
            }

            @Override
            public void after(StagedChats chats, Scene scene) {
                chats.openFirst(scene, "Why is the sky blue?");
                chats.later(() -> {
                    chats.press(scene, "#more");
                    chats.write(scene, "#instructions", "Answer in two sentences, for a child of ten.");
                });
            }
        },
        HISTORY {
            @Override
            public void before(StagedChats chats) {
                chats.hasHistory();
            }

            @Override
            public void after(StagedChats chats, Scene scene) {
                chats.press(scene, "#history");
                chats.press(scene, "#delete-all");
            }
        };

        /** Before the window is there. */
        public void before(StagedChats chats) {}

        /** On the thread of the screens. */
        public void after(StagedChats chats, Scene scene) {}

        public String title() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    static final String STREAM = """
            A **Merkle tree** is a tree of hashes. Each leaf is the hash of one entry; each node above is the hash of \
            its two children. The hash at the top, the *root*, stands for all entries at once.

            A ledger uses it because:

            1. **Changing one entry changes the root.** Nobody can rewrite an old entry without being noticed.
            2. **A proof is short.** To show that an entry is in a tree of a million, `log2(n)`, so twenty hashes are enough.
            3. **Anyone can check it**, without having to trust""";

    static final String CODE = """
            Use `List.sort` with a comparator. It sorts **in place** and keeps the order of equal elements:

            ```java
            List<Person> people = new ArrayList<>(all);
            people.sort(Comparator.comparing(Person::lastName)
                    .thenComparing(Person::firstName));
            ```

            | Method | New list | Stable |
            |---|---|---|
            | `list.sort(c)` | no | yes |
            | `stream.sorted(c)` | yes | yes |

            > `null` elements need `Comparator.nullsLast`.
            """;

    public StagedChats(Path file) {
        open = new OpenBook(file, NOW);
    }

    public ChatSource source() {
        return new ChatSource(open.book, open.assistant, name -> preparation);
    }

    /** A bench at this time, which notes the rooms that are opened. */
    public Workbench at(Workbench bench) {
        return new Workbench(
                bench.fxThread(),
                bench.background(),
                () -> open.now,
                bench.messages(),
                room -> rooms.add(room.fileName()));
    }

    public void hasHistory() {
        open.now = NOW.minus(Duration.ofDays(3));
        open.answered("Translate a letter to my landlord into German", "Sehr geehrte Frau Sommer,");
        open.now = NOW.minus(Duration.ofHours(5));
        open.answered("Sort a list in Java by two fields", CODE);
        open.now = NOW.minus(Duration.ofHours(2));
        Chat sky = open.answered(
                "Why is the sky blue?",
                "Sunlight holds all colours. Air scatters **blue** light far more than red, because its waves are"
                        + " shorter; so blue reaches us from every part of the sky.");
        open.now = NOW.minus(Duration.ofMinutes(50));
        sky.ask(QWEN, "And why is it red in the evening?");
        open.now = open.now.plusMillis(3_400);
        open.assistant
                .last()
                .thinks("Low sun, long path through the air, blue is scattered away.")
                .says("In the evening light comes a long way through the air. Most of the blue is scattered out of it"
                        + " before it arrives, and *red* is what is left.")
                .ends(96, 58, new Credits(16_400));
        open.book.favour(idOf("Sort a list"), true);
        open.now = NOW;
    }

    /** In a new chat, which is not opened. */
    Asked ask(String model, String question) {
        open.now = open.now.plusSeconds(1);
        Chat chat = open.book.begin(model);
        chat.ask(model, question);
        return open.assistant.last();
    }

    long idOf(String title) {
        return open.book.entries().get().stream()
                .filter(entry -> entry.title().startsWith(title))
                .findFirst()
                .orElseThrow()
                .id();
    }

    void write(Scene scene, String field, String text) {
        ((TextInputControl) scene.lookup(field)).setText(text);
    }

    void press(Scene scene, String button) {
        ((ButtonBase) scene.lookup(button)).fire();
    }

    /** After what was asked for before has been shown. */
    void later(Runnable action) {
        Platform.runLater(() -> Platform.runLater(() -> Platform.runLater(action)));
    }

    /** As a person chooses it in the list. */
    void openFirst(Scene scene, String title) {
        @SuppressWarnings("unchecked")
        javafx.scene.control.ListView<ChatLine> list = (javafx.scene.control.ListView<ChatLine>) scene.lookup("#chats");
        later(() -> list.getItems().stream()
                .filter(line -> line.title().startsWith(title))
                .findFirst()
                .ifPresent(line -> list.getSelectionModel().select(line)));
    }

    @Override
    public Optional<Path> choose(String name) {
        namesOfFiles.add(name);
        return place;
    }

    @Override
    public void close() {
        open.close();
    }
}
