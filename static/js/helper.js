// Signs by the tool on the signer's machine: asks for two one-time addresses, hands them over, waits for its answer.
// Without such a tool the page's other way, download and hand in, stays as it is.
"use strict";

const place = document.querySelector("[data-helper]");

function say(text) {
  place.querySelector("[role=status]").textContent = text;
}

async function addresses() {
  const token = place.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(place.dataset.links, { method: "POST", headers: { "X-CSRFToken": token } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  return body;
}

// No time limit: choosing a certificate, the PIN and the place of the image takes a signer minutes.
function ask({ function: name, message }) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${place.dataset.helper}/${name}`);
    let opened = false;
    socket.onopen = () => {
      opened = true;
      say("Đang chờ công cụ ký: chọn chứng thư, nhập mã PIN, đặt ảnh chữ ký. Đừng đóng trang này.");
      socket.send(JSON.stringify(message));
    };
    socket.onmessage = (event) => {
      resolve(JSON.parse(event.data));
      socket.close();
    };
    socket.onclose = () => reject(new Error(opened ? "Công cụ ký đóng trước khi trả lời." : ""));
  });
}

async function sign() {
  say("Đang tìm công cụ ký trên máy này…");
  try {
    const answer = await ask(await addresses());
    if (Number(answer.Status) === 0) return location.reload();
    say(`Công cụ ký không ký được: ${answer.Message || "không rõ lý do"}.`);
  } catch (error) {
    say(error.message || "Không thấy công cụ ký trên máy này. Hãy tải tệp về ký rồi nộp lại ở phần trên.");
    if (!error.message) document.querySelector("input[type=file]").focus();
  }
}

if (place && "WebSocket" in window) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", sign);
}
