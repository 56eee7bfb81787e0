package com.peerllm.desktop;

import com.peerllm.desktop.chat.ChatSource;
import com.peerllm.desktop.chat.ChatView;
import com.peerllm.desktop.chat.ChatViewModel;
import com.peerllm.desktop.chat.SavePlace;
import com.peerllm.desktop.home.HomeSource;
import com.peerllm.desktop.home.HomeView;
import com.peerllm.desktop.home.HomeViewModel;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.LocalHost;
import java.util.ArrayList;
import java.util.List;
import org.kordamp.ikonli.feather.Feather;

/** The screens of the window in the order of its navigation, each view model wired to what it uses of the host. */
final class Screens {
    private Screens() {}

    static List<Screen> over(OpenedHost opened, Workbench bench) {
        LocalHost host = opened.host();
        List<Screen> screens = new ArrayList<>();
        screens.add(home(homeSource(host), bench));
        return List.copyOf(screens);
    }

    static Screen home(HomeSource source, Workbench bench) {
        Messages messages = bench.messages();
        HomeViewModel model = new HomeViewModel(source, bench);
        return new Screen(
                Room.HOME, messages.text("shell.home"), Feather.HOME, model, () -> new HomeView(model, messages));
    }

    static Screen chat(ChatSource source, SavePlace place, Workbench bench) {
        Messages messages = bench.messages();
        ChatViewModel model = new ChatViewModel(source, bench);
        return new Screen(
                Room.CHAT,
                messages.text("chat.screen"),
                Feather.MESSAGE_SQUARE,
                model,
                () -> new ChatView(model, place, messages));
    }

    private static HomeSource homeSource(LocalHost host) {
        return new HomeSource(
                host.pseudonym(),
                host.modelName(),
                host.settings(),
                host.session(),
                host.engine(),
                host.earnings(),
                host::work,
                new HomeSource.Sharing() {
                    @Override
                    public void start(String address) {
                        host.share(address);
                    }

                    @Override
                    public void stop() {
                        host.stopSharing();
                    }
                });
    }
}
