package com.peerllm.desktop;

import com.peerllm.desktop.chat.StagedChats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;

/** Photographs the situations of Chat for people to look at, and checks each: names, and nothing cut off. */
@ExtendWith(ApplicationExtension.class)
class ChatScreenshotsTest {
    @TempDir
    Path folder;

    @Test
    void photographsEverySituation() throws IOException {
        photograph(Locale.US, "chat", List.of(StagedChats.Situation.values()));
    }

    @Test
    void photographsEverySituationInGerman() throws IOException {
        photograph(
                Locale.GERMANY,
                "chat-german",
                List.of(
                        StagedChats.Situation.NO_MODEL,
                        StagedChats.Situation.TROUBLE,
                        StagedChats.Situation.LOADING,
                        StagedChats.Situation.MORE,
                        StagedChats.Situation.HISTORY));
    }

    private void photograph(Locale locale, String name, List<StagedChats.Situation> situations) throws IOException {
        for (StagedChats.Situation situation : situations) {
            try (StagedChats chats = new StagedChats(folder.resolve(situation.name()))) {
                situation.before(chats);
                try (StagedWindow window =
                        new StagedWindow(locale, bench -> Screens.chat(chats.source(), chats, chats.at(bench)))) {
                    StagedWindow.onScreen(() -> {
                        situation.after(chats, window.scene());
                        return null;
                    });
                    window.stage(host -> {
                        if (!chats.open.assistant.offline.isEmpty()) host.losesTheNetwork();
                    });
                    window.tick();
                    ScreenChecks.everyControlHasAName(window);
                    ScreenChecks.nothingIsCutOff(window);
                    String title = name + "-" + situation.title();
                    if (!locale.equals(Locale.US)) window.photograph(Path.of("target/screenshots/" + title + ".png"));
                    else if (situation == StagedChats.Situation.STREAMING) ScreenChecks.photograph(window, title);
                    else ScreenChecks.photographTwice(window, title);
                }
            }
        }
    }
}
