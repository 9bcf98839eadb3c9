extension GraphPage {
  /// What the page does. Boxes are the elements with the ids of the data, frames the clusters, lines those with the class of their ends.
  static let script = """
    'use strict';
    const boxes = JSON.parse(document.getElementById('boxes').textContent);
    const picture = document.getElementById('picture'), svg = picture.querySelector('svg');
    const facts = document.getElementById('facts'), count = document.getElementById('count');
    const view = svg.viewBox.baseVal;
    let zoom = 1;
    const scale = (to) => { zoom = Math.min(8, Math.max(0.05, to));
      svg.setAttribute('width', view.width * zoom * 1.33 + 'px'); svg.setAttribute('height', view.height * zoom * 1.33 + 'px'); };
    document.getElementById('in').onclick = () => scale(zoom * 1.25);
    document.getElementById('out').onclick = () => scale(zoom / 1.25);
    const fit = () => scale(Math.min(1, picture.clientWidth / (view.width * 1.34), picture.clientHeight / (view.height * 1.34)));
    document.getElementById('fit').onclick = fit;
    picture.addEventListener('wheel', (event) => {
      if (event.ctrlKey) { event.preventDefault(); scale(zoom * (event.deltaY < 0 ? 1.1 : 0.9)); } }, { passive: false });
    const cell = (row, text) => { row.insertCell().textContent = text; };
    const show = (box) => {
      facts.replaceChildren();
      const title = document.createElement('h2');
      title.textContent = box.names.join(', ');
      facts.append(title);
      const table = document.createElement('table');
      for (const [path, value, writers] of box.properties) {
        const row = table.insertRow(); cell(row, path); cell(row, value); cell(row, writers); }
      facts.append(table);
    };
    const lines = Array.from(svg.querySelectorAll('g.edge'));
    const ends = (line) => line.getAttribute('class').split(' ').slice(1);
    for (const box of boxes) {
      const node = document.getElementById(box.id);
      if (node) node.addEventListener('click', () => show(box));
    }
    for (const frame of svg.querySelectorAll('g.cluster')) {
      const title = frame.querySelector('text').textContent;
      frame.addEventListener('click', () => {
        const inside = boxes.filter((box) => box.frame === title.split(' (')[0]).map((box) => box.id);
        const isFolded = frame.classList.toggle('is-folded');
        for (const id of inside) document.getElementById(id).classList.toggle('folded', isFolded);
        frame.querySelector('text').textContent = title.split(' (')[0] + (isFolded ? ' (' + inside.length + ' folded)' : '');
        for (const line of lines) {
          line.classList.toggle('folded', ends(line).some((id) => {
            const end = document.getElementById(id); return end && end.classList.contains('folded'); })); }
      });
    }
    document.getElementById('find').addEventListener('input', (event) => {
      const wanted = event.target.value.trim().toLowerCase();
      let hits = 0;
      for (const box of boxes) {
        const node = document.getElementById(box.id);
        const isHit = wanted !== '' && box.names.some((name) => name.toLowerCase().includes(wanted));
        if (isHit) hits += 1;
        if (!node) continue;
        node.classList.toggle('hit', isHit);
        node.classList.toggle('dim', wanted !== '' && !isHit);
        if (isHit && hits === 1) node.scrollIntoView({ block: 'center', inline: 'center' });
      }
      count.textContent = wanted === '' ? '' : hits + ' found';
    });
    fit();
    """
}
