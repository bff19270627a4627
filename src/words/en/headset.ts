// Texts of the headset section of the settings.
export const headset = {
  section_headset: 'Headset buttons',
  headset_why:
    'With a paired headset you answer, hang up, mute and hold by its own buttons, and its lights follow the call. Its sound is chosen above, under “Microphone and speaker”.',
  headset_none: 'No paired headset is plugged in.',
  headset_pair: 'Pair a headset…',
  headset_pairFailed:
    'The browser does not let Callbar look for headsets. Your organisation may have forbidden it: ask your administrator.',
  headset_unsupported: 'This browser cannot use headset buttons. Sound through the headset works all the same.',
  headset_nameless: 'Headset without a name',
  headset_tryButton: 'Ready. Press a button on it to try; some headsets tell of their buttons only during a call.',
  headset_busy: 'Another program holds it. Close the other phone program, then try again.',
  headset_noButtons: 'It tells of no button that Callbar knows. Use the buttons on the screen.',
  headset_pressed_hook: 'You pressed the call button. It works.',
  headset_pressed_mute: 'You pressed mute. It works.',
  headset_pressed_flash: 'You pressed flash (hold or swap). It works.',
  headset_pressed_redial: 'You pressed redial. It is heard, but dials nothing: use Redial on the screen.',
  headset_forget: 'Forget',
  headset_forgetNamed: 'Forget {name}',
  headset_whatButtonsDo:
    'Call button: answers a ringing call, ends the call you talk in. Mute: mutes and unmutes, or stops the ring. Flash: holds and resumes; with two calls, swaps them.',
} as const;
