// Slack's short names of the emoji that a bot of this kind is likely to use.

const NAMES = `
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ no_entry ⛔
no_entry_sign 🚫 warning ⚠️ rotating_light 🚨 octagonal_sign 🛑 stop_sign 🛑 question ❓ grey_question ❔
exclamation ❗ bangbang ‼️ information_source ℹ️ bulb 💡 memo 📝 lock 🔒 unlock 🔓 key 🔑
closed_lock_with_key 🔐 shield 🛡️ hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️ timer_clock ⏲️ clock1 🕐
alarm_clock ⏰ zzz 💤 fire 🔥 boom 💥 skull 💀 skull_and_crossbones ☠️ ghost 👻 bug 🐛 whale 🐳 whale2 🐋
package 📦 ship 🚢 anchor ⚓ rocket 🚀 wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ gear ⚙️ wastebasket 🗑️
arrow_up ⬆️ arrow_down ⬇️ arrow_right ➡️ arrow_left ⬅️ arrow_forward ▶️ rewind ⏪ double_vertical_bar ⏸️
pause_button ⏸️ black_square_for_stop ⏹️ repeat 🔁 arrows_counterclockwise 🔄 arrow_double_down ⏬ link 🔗 mag 🔍 mag_right 🔎 eyes 👀 eye 👁️
large_green_circle 🟢 large_yellow_circle 🟡 large_orange_circle 🟠 red_circle 🔴 large_red_circle 🔴
large_blue_circle 🔵 white_circle ⚪ black_circle ⚫ large_green_square 🟩 large_red_square 🟥
large_yellow_square 🟨 white_large_square ⬜ black_large_square ⬛ small_blue_diamond 🔹 small_orange_diamond 🔸
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 clipboard 📋 page_facing_up 📄
file_folder 📁 scroll 📜 label 🏷️ computer 💻 desktop_computer 🖥️ floppy_disk 💾 cd 💿 electric_plug 🔌
satellite 🛰️ globe_with_meridians 🌐 house 🏠 wave 👋 thumbsup 👍 +1 👍 thumbsdown 👎 -1 👎 raised_hand ✋
raised_hands 🙌 pray 🙏 tada 🎉 sparkles ✨ star ⭐ heart ❤️ smile 😄 slightly_smiling_face 🙂 cry 😢
thinking_face 🤔 robot_face 🤖 bust_in_silhouette 👤 busts_in_silhouette 👥 speech_balloon 💬 bell 🔔
no_bell 🔕 mute 🔇 snowflake ❄️ ice_cube 🧊 construction 🚧 checkered_flag 🏁 triangular_flag_on_post 🚩
new 🆕 ok 🆗 ok_hand 👌 100 💯 heavy_plus_sign ➕ heavy_minus_sign ➖ infinity ♾️ recycle ♻️ broom 🧹`;

const words = NAMES.trim().split(/\s+/);
export const EMOJI = new Map();
for (let at = 0; at + 1 < words.length; at += 2) EMOJI.set(words[at], words[at + 1]);
