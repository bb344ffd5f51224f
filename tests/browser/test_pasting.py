"""A passage pasted in a real browser: cleaned, told, its citation linked with one press, put back as it was."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from reports.models import Mention
from tests.reports.drafts import Draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".prose-page").dispatchEvent(paste);
}"""
TEXT = (
    "Phường ban hành Kế hoạch số 98/KH-UBND ngày 19/9/2025 của Ủy ban nhân dân phường để tăng\n"
    "3\n"
    "cường tuyên truyền."
)


def test_pasted_cleaned_linked_and_saved(transactional_db, page: Page, live_server, login_as):
    draft = Draft()
    draft.block(html="<p></p>")
    login_as(draft.user)
    page.goto(live_server.url + reverse("section", args=[draft.section.pk]))
    editor = page.locator(".prose-page").first
    editor.click()
    page.evaluate(PASTE, TEXT)
    expect(editor).to_contain_text("để tăng cường tuyên truyền.")
    note = page.locator(".paste-note")
    expect(note).to_contain_text("Bỏ số trang")
    note.get_by_role("button", name="Liên kết 1 chỗ viện dẫn").click()
    expect(editor.locator("[data-ref]")).to_have_count(1)
    expect(editor).to_contain_text("để tăng cường tuyên truyền.")
    assert editor.inner_text().count("tuyên truyền") == 1
    expect(page.locator(".saved-state").first).to_contain_text("Đã lưu lúc")
    assert Mention.objects.get().paper == draft.paper

    page.evaluate(PASTE, TEXT)
    note.get_by_role("button", name="Dán nguyên như cũ").click()
    expect(editor).to_contain_text("3")
