package com.peerllm.desktop;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.peerllm.desktop.toolkit.LanguageChoice;
import com.peerllm.desktop.toolkit.ThemeChoice;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.platform.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the person likes the window; kept beside the host's settings, which a host without a screen shares.
 *
 * @param theme light, dark or as the system
 * @param language of all texts
 * @param noticeNeedsYou whether the tray tells when somebody must do something
 * @param noticeDownloads whether the tray tells when a download is done
 * @param toldOfTray whether the person was told once that the program goes on in the tray
 * @param closingQuits whether closing the window ends the program; else it goes on, in the tray or minimized
 * @param firstRunDone whether the first steps were finished or skipped; empty before they were shown
 * @param offerWhenHere name of a model that is offered as soon as its download has arrived
 * @param window where it stood when it was last closed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record DesktopSettings(
        ThemeChoice theme,
        LanguageChoice language,
        Boolean noticeNeedsYou,
        Boolean noticeDownloads,
        Boolean toldOfTray,
        Boolean closingQuits,
        Optional<Boolean> firstRunDone,
        Optional<String> offerWhenHere,
        Optional<WindowPlace> window) {
    static final DesktopSettings DEFAULTS = new DesktopSettings(null, null, null, null, null, null, null, null, null);

    private static final Logger log = LoggerFactory.getLogger(DesktopSettings.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    DesktopSettings {
        theme = theme == null ? ThemeChoice.SYSTEM : theme;
        language = language == null ? LanguageChoice.SYSTEM : language;
        noticeNeedsYou = noticeNeedsYou == null || noticeNeedsYou;
        noticeDownloads = noticeDownloads == null || noticeDownloads;
        toldOfTray = toldOfTray != null && toldOfTray;
        closingQuits = closingQuits != null && closingQuits;
        firstRunDone = firstRunDone == null ? Optional.empty() : firstRunDone;
        offerWhenHere = offerWhenHere == null ? Optional.empty() : offerWhenHere;
        window = window == null ? Optional.empty() : window.filter(place -> place.width() > 0 && place.height() > 0);
    }

    static Path file(Path dataFolder) {
        return dataFolder.resolve("desktop.json");
    }

    DesktopSettings withTheme(ThemeChoice choice) {
        return with(next -> next.theme = choice);
    }

    DesktopSettings withLanguage(LanguageChoice choice) {
        return with(next -> next.language = choice);
    }

    DesktopSettings withNotices(boolean needsYou, boolean downloads) {
        return with(next -> {
            next.noticeNeedsYou = needsYou;
            next.noticeDownloads = downloads;
        });
    }

    DesktopSettings withTrayTold() {
        return with(next -> next.toldOfTray = true);
    }

    DesktopSettings withClosingQuits(boolean quits) {
        return with(next -> next.closingQuits = quits);
    }

    DesktopSettings withFirstRunDone(boolean done) {
        return with(next -> next.firstRunDone = Optional.of(done));
    }

    DesktopSettings withOfferWhenHere(Optional<String> name) {
        return with(next -> next.offerWhenHere = name);
    }

    DesktopSettings withWindow(WindowPlace place) {
        return with(next -> next.window = Optional.of(place));
    }

    private DesktopSettings with(Consumer<Draft> change) {
        Draft next = new Draft(this);
        change.accept(next);
        return next.done();
    }

    /** The same settings while one of them is changed. */
    private static final class Draft {
        private ThemeChoice theme;
        private LanguageChoice language;
        private boolean noticeNeedsYou;
        private boolean noticeDownloads;
        private boolean toldOfTray;
        private boolean closingQuits;
        private Optional<Boolean> firstRunDone;
        private Optional<String> offerWhenHere;
        private Optional<WindowPlace> window;

        Draft(DesktopSettings before) {
            theme = before.theme;
            language = before.language;
            noticeNeedsYou = before.noticeNeedsYou;
            noticeDownloads = before.noticeDownloads;
            toldOfTray = before.toldOfTray;
            closingQuits = before.closingQuits;
            firstRunDone = before.firstRunDone;
            offerWhenHere = before.offerWhenHere;
            window = before.window;
        }

        DesktopSettings done() {
            return new DesktopSettings(
                    theme,
                    language,
                    noticeNeedsYou,
                    noticeDownloads,
                    toldOfTray,
                    closingQuits,
                    firstRunDone,
                    offerWhenHere,
                    window);
        }
    }

    /** A file that is missing or cannot be understood gives the defaults: only looks are lost. */
    static DesktopSettings read(Path file) {
        if (!Files.exists(file)) return DEFAULTS;
        try {
            DesktopSettings read = JSON.readValue(Files.readAllBytes(file), DesktopSettings.class);
            return Optional.ofNullable(read).orElse(DEFAULTS);
        } catch (IOException | JacksonException e) {
            log.warn("{} cannot be read; the window has its usual looks", file, e);
            return DEFAULTS;
        }
    }

    /** Without effect on the window when it fails. */
    void write(Path file) {
        try {
            OwnerOnly.createFolder(file.toAbsolutePath().getParent());
            AtomicFile.write(file, JSON.writeValueAsBytes(this));
        } catch (IOException e) {
            log.warn("{} cannot be written; the looks of the window are not kept", file, e);
        }
    }
}
