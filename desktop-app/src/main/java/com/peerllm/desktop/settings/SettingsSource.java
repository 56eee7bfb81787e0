package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.LanguageChoice;
import com.peerllm.desktop.toolkit.ThemeChoice;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.update.UpdateState;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.beans.value.ObservableValue;

/**
 * What Settings shows and changes. All that is not about looks may take long and throws
 * {@link com.peerllm.host.kernel.HostException} with what to do.
 *
 * @param modelsFolder where the models are now
 * @param about of this program
 */
public record SettingsSource(
        About about,
        Signal<HostSettings> settings,
        HostChanges host,
        Looks looks,
        NetworkKeyFile networkKey,
        LocalApi localApi,
        Login login,
        Updates updates,
        Supplier<Path> modelsFolder) {

    /** @param engine the release of llama.cpp, once known */
    public record About(String pseudonym, String version, Supplier<Optional<String>> engine, Path dataFolder) {}

    /** Changes of what a host without a screen has too; on disk when they return. */
    public interface HostChanges {
        void change(UnaryOperator<HostSettings> change);

        /** The address of another network; checked before it is kept. */
        void network(String address);

        /** Moves the models of this program to another folder; they stay in use as they are when it fails. */
        void moveModels(Path to);
    }

    /** How the window looks; on the thread of the screens, at once. */
    public interface Looks {
        ObservableValue<ThemeChoice> theme();

        void theme(ThemeChoice choice);

        ObservableValue<LanguageChoice> language();

        void language(LanguageChoice choice);

        ObservableValue<Boolean> noticeNeedsYou();

        ObservableValue<Boolean> noticeDownloads();

        void notices(boolean needsYou, boolean downloads);

        /** Whether closing the window ends the program; else it goes on in the tray, or minimized where there is none. */
        ObservableValue<Boolean> closingQuits();

        void closingQuits(boolean quits);

        /** Ends the program: running answers, the engine, and the window. */
        void quit();

        /** Whether there is a tray that can show notices. */
        boolean hasTray();
    }

    /** The person's own API key of the network; it can be replaced, never read here. */
    public interface NetworkKeyFile {
        boolean isSet();

        void set(String key);

        void clear();
    }

    /** The endpoint on this computer. */
    public interface LocalApi {
        Signal<ApiState> state();

        /** The key that programs show; made when there is none. */
        String key();

        /** Makes another; the old one is worth nothing at once. */
        void renewKey();
    }

    /**
     * @param addresses at which it can be reached now, the one of this computer first; empty while it does not listen
     * @param trouble why it does not listen although it should
     */
    public record ApiState(List<String> addresses, Optional<String> trouble) {
        public static final ApiState OFF = new ApiState(List.of(), Optional.empty());

        public ApiState {
            addresses = List.copyOf(addresses);
        }
    }

    /** Newer versions of the program; all returns at once. */
    public interface Updates {
        Signal<UpdateState> state();

        /** Whether this build knows where newer versions are. */
        boolean hasAddress();

        /** What the network says when it does not take this version any more. */
        Signal<Optional<String>> refusedAsOld();

        void look();

        void download();

        void cancel();

        /** Brings the version that is ready into use, and starts the program again. */
        void apply();

        void openPage(URI page);
    }

    /** Whether the program starts when the person logs in. */
    public interface Login {
        /** Why this system cannot do it; empty where it can. */
        Optional<String> impossible();

        boolean isOn();

        void set(boolean on);
    }
}
