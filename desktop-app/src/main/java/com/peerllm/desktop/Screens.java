package com.peerllm.desktop;

import com.peerllm.desktop.chat.ChatSource;
import com.peerllm.desktop.chat.ChatView;
import com.peerllm.desktop.chat.ChatViewModel;
import com.peerllm.desktop.chat.SaveDialog;
import com.peerllm.desktop.chat.SavePlace;
import com.peerllm.desktop.earnings.EarningsSource;
import com.peerllm.desktop.earnings.EarningsView;
import com.peerllm.desktop.earnings.EarningsViewModel;
import com.peerllm.desktop.home.HomeSource;
import com.peerllm.desktop.home.HomeView;
import com.peerllm.desktop.home.HomeViewModel;
import com.peerllm.desktop.logs.LogsSource;
import com.peerllm.desktop.logs.LogsView;
import com.peerllm.desktop.logs.LogsViewModel;
import com.peerllm.desktop.market.MarketSource;
import com.peerllm.desktop.market.MarketView;
import com.peerllm.desktop.market.MarketViewModel;
import com.peerllm.desktop.models.DownloadStrip;
import com.peerllm.desktop.models.FilePicker;
import com.peerllm.desktop.models.ModelsSource;
import com.peerllm.desktop.models.ModelsView;
import com.peerllm.desktop.models.ModelsViewModel;
import com.peerllm.desktop.models.SystemFilePicker;
import com.peerllm.desktop.onboarding.OnboardingSource;
import com.peerllm.desktop.onboarding.OnboardingView;
import com.peerllm.desktop.onboarding.OnboardingViewModel;
import com.peerllm.desktop.rules.RulesSource;
import com.peerllm.desktop.rules.RulesView;
import com.peerllm.desktop.rules.RulesViewModel;
import com.peerllm.desktop.settings.SettingsSource;
import com.peerllm.desktop.settings.SettingsView;
import com.peerllm.desktop.settings.SettingsViewModel;
import com.peerllm.desktop.settings.UpdateNotice;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.Workbench;
import java.util.ArrayList;
import java.util.List;
import org.kordamp.ikonli.feather.Feather;

/** The screens of the window in the order of its navigation, each view model wired to what it uses of the host. */
final class Screens {
    private Screens() {}

    /** All that the window holds: the screens, and what is shown on each of them. */
    static Rooms rooms(OpenedHost opened, WindowParts parts, Workbench bench) {
        HostSources sources = new HostSources(opened, parts.openPage());
        ProgramSettings settings = new ProgramSettings(opened, parts, bench.messages());
        ModelsViewModel models = new ModelsViewModel(sources.models(), bench);
        SettingsViewModel chosen = new SettingsViewModel(settings.source(), bench);
        Rooms rooms = Rooms.of(over(sources, models, chosen, parts, bench))
                .withFiles(models::take)
                .withNotice(() -> new UpdateNotice(chosen.update()))
                .withFoot(new Foot(models.downloads(), () -> new DownloadStrip(models, bench.messages())));
        FirstRun firstRun = new FirstRun(opened, parts, bench.messages());
        boolean due = firstRun.isDue();
        if (due) firstRun.begin();
        return withStatus(rooms).withFirstRun(onboarding(firstRun.source(), bench), due);
    }

    /** The side's foot and the tray say what Home says. */
    static Rooms withStatus(Rooms rooms) {
        return rooms.screens().stream()
                .map(Screen::model)
                .filter(HomeViewModel.class::isInstance)
                .map(HomeViewModel.class::cast)
                .findFirst()
                .map(rooms::withHome)
                .orElse(rooms);
    }

    private static List<Screen> over(
            HostSources sources,
            ModelsViewModel models,
            SettingsViewModel settings,
            WindowParts parts,
            Workbench bench) {
        Messages messages = bench.messages();
        List<Screen> screens = new ArrayList<>();
        screens.add(home(sources.home(messages), bench));
        screens.add(models(models, new SystemFilePicker(messages), messages));
        screens.add(market(sources.market(), bench));
        screens.add(chat(sources.chat(), new SaveDialog(messages), bench));
        screens.add(earnings(sources.earnings(), new SaveDialog(messages), bench));
        screens.add(rules(sources.rules(), bench));
        screens.add(settings(settings, messages));
        screens.add(logs(sources.logs(parts), new SaveDialog(messages), bench));
        return List.copyOf(screens);
    }

    static Screen home(HomeSource source, Workbench bench) {
        Messages messages = bench.messages();
        HomeViewModel model = new HomeViewModel(source, bench);
        return Entry.HOME.screen(model, () -> new HomeView(model, messages), messages);
    }

    static Screen market(MarketSource source, Workbench bench) {
        Messages messages = bench.messages();
        MarketViewModel model = new MarketViewModel(source, bench);
        return Entry.MARKET.screen(model, () -> new MarketView(model, messages), messages);
    }

    static Screen rules(RulesSource source, Workbench bench) {
        Messages messages = bench.messages();
        RulesViewModel model = new RulesViewModel(source, bench);
        return Entry.RULES.screen(model, () -> new RulesView(model, messages), messages);
    }

    static Screen chat(ChatSource source, SavePlace place, Workbench bench) {
        Messages messages = bench.messages();
        ChatViewModel model = new ChatViewModel(source, bench);
        return Entry.CHAT.screen(model, () -> new ChatView(model, place, messages), messages);
    }

    static Screen models(ModelsSource source, Workbench bench) {
        return models(new ModelsViewModel(source, bench), new SystemFilePicker(bench.messages()), bench.messages());
    }

    static Screen models(ModelsViewModel model, FilePicker picker, Messages messages) {
        return Entry.MODELS.screen(model, () -> new ModelsView(model, picker, messages), messages);
    }

    static Screen earnings(EarningsSource source, SavePlace place, Workbench bench) {
        Messages messages = bench.messages();
        EarningsViewModel model = new EarningsViewModel(source, bench);
        return Entry.EARNINGS.screen(model, () -> new EarningsView(model, messages, place::choose), messages);
    }

    static Screen settings(SettingsSource source, Workbench bench) {
        return settings(new SettingsViewModel(source, bench), bench.messages());
    }

    static Screen settings(SettingsViewModel model, Messages messages) {
        return Entry.SETTINGS.screen(model, () -> new SettingsView(model, messages), messages);
    }

    static Screen logs(LogsSource source, SavePlace place, Workbench bench) {
        Messages messages = bench.messages();
        LogsViewModel model = new LogsViewModel(source, bench);
        return Entry.LOGS.screen(model, () -> new LogsView(model, messages, place::choose), messages);
    }

    /** Not in the navigation: it takes the whole window. */
    static Screen onboarding(OnboardingSource source, Workbench bench) {
        Messages messages = bench.messages();
        OnboardingViewModel model = new OnboardingViewModel(source, bench);
        return new Screen(
                Room.ONBOARDING,
                messages.text("onboarding.title"),
                Feather.COMPASS,
                model,
                () -> new OnboardingView(model, messages));
    }
}
